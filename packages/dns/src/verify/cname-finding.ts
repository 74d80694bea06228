import { type ReasonContext, reasonText } from '@dmarc-as-code/records/reasons'
import { unregisteredDomain } from '../observe/registry-zone.ts'
import { identifyDnsService } from '../services/identify.ts'
import { recordsOfType } from '../wire/records.ts'
import type { CnameEvidence } from './cname-evidence.ts'
import { knownProvider } from './old-providers.ts'
import { proxyOf } from './proxies.ts'
import { isFromWildcard, type Reading, sameSet } from './reading.ts'
import { list, pointsText, serverText } from './text.ts'
import type { CnameReason, CnameStatus } from './types.ts'

/** What was found, before it is put together with who was asked and when. */
export interface Finding {
  status: CnameStatus
  reason?: CnameReason
  message: string
  fix: string
  detail?: string
  visibleBy?: string
  /** The readings whose records are shown; default all that were taken. */
  found?: Reading[]
}

/** The words of the catalogue for a reason. */
function words(reason: CnameReason, context: ReasonContext): { message: string; fix: string } {
  const { explanation, fix } = reasonText('cname', reason, context)
  return { message: explanation, fix }
}

/** The evidence with its names normalised. */
export interface Subject extends CnameEvidence {
  name: string
}

/** Names what one server holds. `strayRight` is a server outside the delegation that holds the right record. */
export function judgeReading(reading: Reading, subject: Subject, strayRight?: Reading): Finding {
  const { name, target, observation } = subject
  const create = `Create a CNAME at ${name} that points to ${target}.`
  if (isFromWildcard(reading, observation.sibling)) {
    return {
      status: 'awaiting_setup',
      reason: 'wildcard',
      message: `A wildcard record answers for ${name}; ${observation.sibling?.name} has the same. There is no record for ${name} itself.`,
      fix: `${create} It takes precedence over the wildcard.`,
    }
  }
  if (reading.is === 'right') {
    return { status: 'verified', message: pointsText(name, target), fix: '' }
  }
  if (strayRight) return notDelegated(subject, [strayRight.server.name ?? strayRight.server.address], [strayRight])
  if (observation.zone && observation.zone.name === name) return ownZone(subject)
  switch (reading.is) {
    case 'conflict':
      return conflict(reading, subject)
    case 'foreign':
      return foreign(reading, subject)
    case 'txt':
      return txtInPlace(reading, subject)
    case 'address':
      return addressInPlace(reading, subject)
    case 'absent':
      return absent(subject, create)
  }
}

function conflict(reading: Reading, { name, target }: Subject): Finding {
  const others = [
    ...reading.txts.map((value) => `TXT "${value}"`),
    ...reading.addresses.map((address) => `address ${address}`),
    ...reading.aliases.filter((alias) => alias !== target).map((alias) => `CNAME ${alias}`),
  ]
  return {
    status: 'misconfigured',
    reason: 'conflict',
    message: `Other records exist beside the CNAME to ${target} at ${name}: ${list(others)}. A CNAME must be the only record at its name (RFC 2181 section 10.1); resolvers return one or the other.`,
    fix: `Remove everything at ${name} but the CNAME to ${target}.`,
  }
}

function foreign(reading: Reading, { name, target, observation }: Subject): Finding {
  const [alias = ''] = reading.aliases
  const fix = `Change the CNAME at ${name} to point to ${target}.`
  if (alias.startsWith(`${target}.`)) {
    return {
      status: 'misconfigured',
      reason: 'target-doubled',
      message: `The CNAME at ${name} points to ${alias}, expected ${target}: the DNS panel has appended the zone to the target.`,
      fix: `Enter the target with a final dot: "${target}."`,
    }
  }
  const { chain } = observation
  const ends: Record<NonNullable<typeof chain>['end'], string> = {
    loop: 'The chain of CNAMEs is a loop.',
    nothing: 'Nothing exists at the end of that chain.',
    'too-long': 'The chain of CNAMEs is longer than 8.',
    records: '',
    unknown: '',
  }
  const through = chain?.hops.includes(target)
    ? `It reaches ${target} through ${alias}; it must point there directly.`
    : ''
  const detail = [chain && chain.hops[0] === alias ? ends[chain.end] : '', through].filter(Boolean).join(' ')
  const provider = knownProvider(alias)
  return {
    status: 'misconfigured',
    reason: provider ? 'old-provider' : 'wrong-target',
    message: `CNAME at ${name} points to ${list(reading.aliases)}${provider ? ` (${provider})` : ''}, expected ${target}.`,
    fix: reading.aliases.length > 1 ? `Keep one CNAME at ${name}, pointing to ${target}.` : fix,
    ...(detail && { detail }),
  }
}

function txtInPlace(reading: Reading, { name, target, hosted, observation }: Subject): Finding {
  const fix = `Remove the TXT record at ${name}, then create a CNAME there that points to ${target}.`
  const shown = list(reading.txts.map((value) => `"${value}"`))
  const same = hosted !== undefined && hosted.length > 0 && sameSet(reading.txts.map(squeeze), hosted.map(squeeze))
  if (!same) {
    return {
      status: 'misconfigured',
      reason: 'txt-in-place',
      message: `There is a TXT record at ${name} (${shown}) where the CNAME should be.`,
      fix,
    }
  }
  return flattened(observation) && sameSet(reading.txts, hosted)
    ? flattenedFinding({ name, target }, shown)
    : {
        status: 'misconfigured',
        reason: 'value-pasted',
        message: `The hosted value was copied into a TXT record at ${name} (${shown}), so later changes will not reach it. A CNAME to ${target} was expected.`,
        fix,
      }
}

function addressInPlace(reading: Reading, { name, target, hosted, observation }: Subject): Finding {
  const shown = list(reading.addresses)
  const proxy = reading.addresses.map(proxyOf).find((title) => title !== undefined)
  if (proxy) {
    return {
      status: 'misconfigured',
      reason: 'proxied',
      message: `${name} answers with addresses of ${proxy}'s proxy (${shown}), so the CNAME to ${target} cannot be seen.`,
      fix: `Switch the proxy off for ${name} ("DNS only"), and make it a CNAME to ${target}.`,
    }
  }
  const same =
    hosted !== undefined && hosted.length > 0 && reading.addresses.every((address) => hosted.includes(address))
  if (same && flattened(observation)) return flattenedFinding({ name, target }, shown)
  return {
    status: 'misconfigured',
    reason: same ? 'value-pasted' : 'wrong-target',
    message: same
      ? `The target's addresses were copied to ${name} (${shown}), so later changes will not reach it. A CNAME to ${target} was expected.`
      : `${name} has address records (${shown}) where a CNAME to ${target} was expected.`,
    fix: `Remove the address records at ${name}, then create a CNAME there that points to ${target}.`,
  }
}

function flattenedFinding({ name, target }: { name: string; target: string }, shown: string): Finding {
  return {
    status: 'misconfigured',
    reason: 'flattened',
    message: `${name} answers with what stands at ${target} (${shown}), but not with the CNAME: the DNS service flattens it. It works now, but cannot be verified.`,
    fix: `Switch CNAME flattening off for ${name}, or accept it as it is.`,
  }
}

function flattened({ zone }: Subject['observation']): boolean {
  return identifyDnsService(zone?.delegation ?? zone?.nsNames ?? [])?.flattensCnames ?? false
}

function absent(subject: Subject, create: string): Finding {
  const { name, target, observation, heldBy } = subject
  const { doubled, zone } = observation
  const unregistered = zone && unregisteredDomain(name, zone.name, zone.nsNames)
  if (unregistered !== undefined) {
    const context = { name: unregistered, zone: zone?.name || 'the root zone' }
    return { status: 'awaiting_setup', reason: 'domain-unregistered', ...words('domain-unregistered', context) }
  }
  const atDoubled = doubled?.answers.flatMap((answer) => recordsOfType(answer.records, 'CNAME', doubled.name)) ?? []
  if (doubled && atDoubled.some(({ data }) => data === target || data.startsWith(`${target}.`))) {
    return {
      status: 'awaiting_setup',
      reason: 'name-doubled',
      message: `The CNAME was created at ${doubled.name} instead of ${name}: the DNS panel has appended the zone to the name.`,
      fix: `Rename it: enter only the part before .${zone?.name} into the name field.`,
    }
  }
  const servers = zone?.delegation ?? zone?.nsNames ?? []
  if (heldBy && heldBy.length > 0 && servers.length > 0 && !heldBy.some((ns) => servers.includes(ns))) {
    return notDelegated(subject, heldBy, [])
  }
  return { status: 'awaiting_setup', reason: 'absent', message: `There is no CNAME at ${name}.`, fix: create }
}

function notDelegated({ name, observation }: Subject, holders: string[], found: Reading[]): Finding {
  const zone = observation.zone?.name ?? 'the zone'
  const asked = observation.zone?.delegation ?? observation.zone?.nsNames ?? []
  return {
    status: 'misconfigured',
    reason: 'zone-not-delegated',
    message: `The record at ${name} is held by ${list(holders)}, but the parent zone delegates ${zone} to ${list(asked)}.`,
    fix: `Create the record at the service that runs ${list(asked)}, or change the name servers of ${zone} at its registrar.`,
    found,
  }
}

function ownZone({ name, target }: Subject): Finding {
  return {
    status: 'misconfigured',
    reason: 'conflict',
    message: `${name} is delegated as a zone of its own, and a CNAME cannot stand at the top of a zone.`,
    fix: `If the delegation is intended, publish the content of ${target} in that zone. If not, ask the operator of the parent zone.`,
  }
}

/** Name servers of one zone say different things. Which of them are more does not matter. */
export function inDisagreement(finding: Finding | undefined, readings: Reading[], { name, target }: Subject): Finding {
  const says = readings.map((reading) => `${serverText(reading.server)} ${holds(reading, target)}`)
  const detail = `The name servers disagree: ${list(says)}.`
  if (finding) return { ...finding, detail: [finding.detail, detail].filter(Boolean).join(' ') }
  const behind = readings.filter((reading) => reading.is !== 'right').map((reading) => serverText(reading.server))
  return {
    status: 'awaiting_setup',
    reason: 'disagreeing',
    ...words('disagreeing', { name, target, holders: list(behind) }),
    detail,
  }
}

function holds(reading: Reading, target: string): string {
  if (reading.is === 'right') return 'has the right CNAME'
  if (reading.is === 'absent') return 'has no record'
  const records = [
    ...reading.aliases.map((alias) => `CNAME ${alias}`),
    ...reading.txts.map((value) => `TXT "${value}"`),
  ]
  return `has ${list([...records, ...reading.addresses])}${reading.is === 'conflict' ? ` beside ${target}` : ''}`
}

/** TXT values differ in nothing that matters when only white space around separators differs. */
function squeeze(value: string): string {
  return value.replace(/\s+/g, '').replace(/;$/, '')
}
