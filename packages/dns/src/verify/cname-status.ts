import { isDefinite, isMissing } from '../observe/classify.ts'
import type { ServerAnswer, Zone } from '../observe/types.ts'
import { canonicalName, relativeName } from '../wire/names.ts'
import type { CnameEvidence } from './cname-evidence.ts'
import { type Finding, finding, inDisagreement, judgeReading, type Subject } from './cname-finding.ts'
import { isFromWildcard, type Reading, readServer } from './reading.ts'
import { failureText, list, pointsText, serverText } from './text.ts'
import type { CnameVerdict } from './types.ts'

const day = 24 * 60 * 60 * 1000

/**
 * The verdict on one CNAME, from evidence alone (no clock, no network, no memory). `unknown` comes back as
 * `awaiting_setup`; `settleCname` puts the earlier status in its place.
 */
export function judgeCname(evidence: CnameEvidence): CnameVerdict {
  const { kind, observation } = evidence
  const { name, zone } = observation
  const target = canonicalName(evidence.target)
  const subject: Subject = { ...evidence, name, target }
  const authority = readAuthority(subject)
  const base = {
    kind,
    name,
    expected: { type: 'CNAME' as const, name, target },
    at: observation.at,
    ...(zone && zone.name !== '' && { zone: zone.name, relativeName: relativeName(name, zone.name) }),
  }
  if (authority.readings.length > 0) return fromAuthority()
  return fromRecursors()

  function fromAuthority(): CnameVerdict {
    const judged = judgeAuthority()
    const { readings, silent } = authority
    const detail = [
      judged.detail,
      silent.length > 0 && `${list(silent.map(failureText))}.`,
      ...(zone?.staleGlue ?? []).map(staleGlueText),
      observation.leftOut.length > 0 && `Not asked: ${list(observation.leftOut)}.`,
    ]
      .filter(Boolean)
      .join(' ')
    return verdict(judged, readings, 'authoritative', detail)
  }

  function judgeAuthority(): Finding {
    const { readings, strays, needed } = authority
    const right = readings.filter((reading) => reading.is === 'right')
    const [first] = readings as [Reading]
    if (right.length === 0) {
      const strayRight = strays.find((reading) => reading.is === 'right')
      const judged = judgeReading(first, subject, strayRight)
      return readings.every((reading) => reading.is === first.is) ? judged : inDisagreement(judged, readings, subject)
    }
    if (right.length < readings.length) return inDisagreement(undefined, readings, subject)
    const wild = readings.filter((reading) => isFromWildcard(reading, observation.sibling))
    if (wild[0]) {
      const judged = judgeReading(wild[0], subject)
      if (wild.length === readings.length) return judged
      const where = list(wild.map((reading) => serverText(reading.server)))
      return { ...judged, detail: `So it is on ${where}; the other name servers have the record itself.` }
    }
    const recursors = recursorReadings(subject)
    if (readings.length < needed && !recursors.some((reading) => reading.is === 'right')) {
      return {
        ...unknown(),
        detail: `Only ${readings.length} of ${needed} needed name servers answered; those have the right CNAME.`,
      }
    }
    return validationFailure() ?? visibility()
  }

  /** The authority is right: does anything keep mail receivers from seeing it? */
  function validationFailure(): Finding | undefined {
    const bogus = observation.recursive.filter(
      (answer) =>
        answer.outcome === 'server-failed' &&
        observation.recursiveUnchecked.some(
          (u) => u.server.address === answer.server.address && u.outcome === 'answer',
        ),
    )
    const fine = observation.recursive.filter((answer) => answer.outcome === 'answer')
    if (bogus.length === 0 || bogus.length < fine.length) return undefined
    return {
      ...finding('misconfigured', 'dnssec-broken', { name, target, ...(zone && { zone: zone.name }) }),
      detail: `${list(bogus.map((answer) => serverText(answer.server)))} answered only with validation switched off.`,
    }
  }

  function visibility(): Finding {
    const lagging = observation.recursive.filter((answer) => isDefinite(answer) && !isRight(answer))
    if (lagging.length === 0) return { status: 'verified', message: pointsText(name, target), fix: '' }
    const remaining = lagging.map((answer) => answer.negativeTtl ?? Math.max(0, ...answer.records.map((r) => r.ttl)))
    const until = Math.min(Math.max(...remaining) * 1000, day)
    const negative = lagging.every(isMissing)
    return {
      ...finding('verified', negative ? 'cached-negative' : 'propagating', { name, target }),
      visibleBy: new Date(Date.parse(observation.at) + until).toISOString(),
      detail: `${list(lagging.map((answer) => serverText(answer.server)))} still ${negative ? 'remember that there was no such record' : 'show the earlier record'}.`,
    }
  }

  function isRight(answer: ServerAnswer): boolean {
    return readServer(name, target, answer, [])?.is === 'right'
  }

  function fromRecursors(): CnameVerdict {
    const readings = recursorReadings(subject)
    const [first] = readings
    const why = `The authoritative servers gave no usable answer: ${authorityFailure()}`
    const bogus = validationFailure()
    if (bogus && observation.recursiveUnchecked.every((answer) => isRight(answer))) {
      return verdict(bogus, readings, 'recursive', `${why} ${bogus.detail}`)
    }
    const needed = Math.min(2, observation.recursive.length)
    const agreed = readings.every((reading) => reading.is === first?.is)
    const enough = readings.length >= needed || first?.is !== 'right'
    if (!first || !agreed || !enough) {
      const others = first ? 'The resolvers that answered do not agree, or are too few.' : 'No resolver answered.'
      return verdict(unknown(), readings, readings.length > 0 ? 'recursive' : 'none', `${why} ${others}`)
    }
    return verdict(
      judgeReading(first, subject),
      readings,
      'recursive',
      `${why} The result is from recursive resolvers.`,
    )
  }

  function unknown(): Finding {
    return finding('awaiting_setup', 'unknown', { name, target, ...(zone && { zone: zone.name }) })
  }

  function authorityFailure(): string {
    if (observation.zoneError) return observation.zoneError
    return `${list(authority.silent.map(failureText))}.`
  }

  function verdict(
    judged: Finding,
    readings: Reading[],
    vantage: CnameVerdict['vantage'],
    detail: string,
  ): CnameVerdict {
    const { status, reason, message, fix, visibleBy } = judged
    const records = (judged.found ?? readings).flatMap((reading) => reading.records)
    const found = new Map(records.map((r) => [`${r.name} ${r.type} ${String(r.data)}`, r]))
    return {
      ...base,
      status,
      ...(reason && { reason }),
      message,
      found: [...found.values()].map((r) => ({ name: r.name, type: r.type, value: String(r.data), ttl: r.ttl })),
      fix,
      asked: readings.map((reading) => reading.server),
      vantage,
      ...(visibleBy !== undefined && { visibleBy }),
      ...(detail !== '' && { detail }),
      ...(status === 'verified' && vantage === 'authoritative' && { lastVerifiedAt: base.at }),
    }
  }
}

interface Authority {
  /** Servers that told everything; those the parent does not delegate to are left out where it is known. */
  readings: Reading[]
  strays: Reading[]
  silent: ServerAnswer[]
  needed: number
}

function readAuthority({ name, target, observation }: Subject): Authority {
  const authority: Authority = { readings: [], strays: [], silent: [], needed: 1 }
  observation.cname.forEach((cname, index) => {
    const beside = [observation.txt[index] ?? observation.addresses[index]].filter((answer) => answer !== undefined)
    // The further address questions went to one server only; they belong to what that one said.
    const more = observation.addresses.slice(observation.txt.length > 0 ? 0 : observation.cname.length)
    const own = more.filter((answer) => answer.server.address === cname.server.address)
    const reading = readServer(name, target, cname, [...beside, ...own.filter(isDefinite)])
    if (reading && cname.server.delegated === false) authority.strays.push(reading)
    else if (reading) authority.readings.push(reading)
    else authority.silent.push([cname, ...beside].find((answer) => !isDefinite(answer)) ?? cname)
  })
  const delegated = observation.cname.filter(({ server }) => server.delegated !== false && !server.glueOnly)
  // From a machine without IPv6 no IPv6 address can be reached; that says nothing about the servers behind them.
  const withinReach = delegated.filter((answer) => !isOutOfReach(answer))
  const blind = authority.readings.length > 0 && !authority.readings.some(({ server }) => isIPv6Address(server.address))
  if (blind) authority.silent = authority.silent.filter((answer) => !isOutOfReach(answer))
  // The servers of a stub zone are given as the ones to believe; in public, one machine alone may be the stale one.
  const machines = withinReach.length > 0 ? withinReach : delegated
  authority.needed = observation.zone?.stub ? 1 : Math.min(2, machines.length)
  return authority
}

function recursorReadings({ name, target, observation }: Subject): Reading[] {
  return observation.recursive.flatMap((cname, index) => {
    const beside = observation.recursiveTxt[index]
    const reading = readServer(name, target, cname, beside ? [beside] : [])
    return reading ? [reading] : []
  })
}

/** `192.0.2.1:5353` has one colon, an IPv6 address several. */
const isIPv6Address = (address: string) => address.split(':').length > 2

const isOutOfReach = ({ outcome, server }: ServerAnswer) => outcome === 'unreachable' && isIPv6Address(server.address)

function staleGlueText({ name, inParent, own }: NonNullable<Zone['staleGlue']>[number]): string {
  return `The parent zone gives ${list(inParent)} as the address of ${name}, which has ${list(own)}: update the glue records at the registrar.`
}
