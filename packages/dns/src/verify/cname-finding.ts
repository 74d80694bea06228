import { type ReasonContext, reasonText } from '@dmarc-as-code/records/reasons'
import { unregisteredDomain } from '../observe/registry-zone.ts'
import { identifyDnsService } from '../services/identify.ts'
import { relativeName } from '../wire/names.ts'
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

/** A finding in the words of the catalogue; the context adds the facts. */
export function finding(status: CnameStatus, reason: CnameReason, context: ReasonContext): Finding {
  const { explanation, fix } = reasonText('cname', reason, context)
  return { status, reason, message: explanation, fix }
}

/** The evidence with its names normalised. */
export interface Subject extends CnameEvidence {
  name: string
}

/** Names what one server holds. `strayRight` is a server outside the delegation that holds the right record. */
export function judgeReading(reading: Reading, subject: Subject, strayRight?: Reading): Finding {
  const { name, target, observation } = subject
  if (isFromWildcard(reading, observation.sibling)) {
    const detail = `${observation.sibling?.name} has the same.`
    return { ...finding('awaiting_setup', 'wildcard', { name, target }), detail }
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
      return absent(subject)
  }
}

function conflict(reading: Reading, { name, target }: Subject): Finding {
  const others = [
    ...reading.txts.map((value) => `TXT "${value}"`),
    ...reading.addresses.map((address) => `address ${address}`),
    ...reading.aliases.filter((alias) => alias !== target).map((alias) => `CNAME ${alias}`),
  ]
  return finding('misconfigured', 'conflict', { name, target, found: list(others) })
}

function foreign(reading: Reading, { name, target, observation }: Subject): Finding {
  const [alias = ''] = reading.aliases
  if (alias.startsWith(`${target}.`)) return finding('misconfigured', 'target-doubled', { name, target, found: alias })
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
  const found = provider
    ? finding('misconfigured', 'old-provider', { name, target, found: `${list(reading.aliases)} (${provider})` })
    : finding('misconfigured', 'wrong-target', { name, target, found: `CNAME ${list(reading.aliases)}` })
  return { ...found, ...(detail && { detail }) }
}

function txtInPlace(reading: Reading, { name, target, hosted, observation }: Subject): Finding {
  const found = list(reading.txts.map((value) => `"${value}"`))
  const same = hosted !== undefined && hosted.length > 0 && sameSet(reading.txts.map(squeeze), hosted.map(squeeze))
  const reason =
    same && flattened(observation) && sameSet(reading.txts, hosted)
      ? 'flattened'
      : same
        ? 'value-pasted'
        : 'txt-in-place'
  return finding('misconfigured', reason, { name, target, found })
}

function addressInPlace(reading: Reading, { name, target, hosted, observation }: Subject): Finding {
  const found = list(reading.addresses)
  const proxy = reading.addresses.map(proxyOf).find((title) => title !== undefined)
  if (proxy) return finding('misconfigured', 'proxied', { name, target, found: `${proxy}: ${found}` })
  const same =
    hosted !== undefined && hosted.length > 0 && reading.addresses.every((address) => hosted.includes(address))
  if (!same) return finding('misconfigured', 'wrong-target', { name, target, found: `address records (${found})` })
  return finding('misconfigured', flattened(observation) ? 'flattened' : 'value-pasted', { name, target, found })
}

function flattened({ zone }: Subject['observation']): boolean {
  return identifyDnsService(zone?.delegation ?? zone?.nsNames ?? [])?.flattensCnames ?? false
}

function absent(subject: Subject): Finding {
  const { name, target, observation, heldBy } = subject
  const { doubled, zone } = observation
  const unregistered = zone && unregisteredDomain(name, zone.name, zone.nsNames)
  if (unregistered !== undefined) {
    return finding('awaiting_setup', 'domain-unregistered', { name: unregistered, zone: zone?.name || 'the root zone' })
  }
  const atDoubled = doubled?.answers.flatMap((answer) => recordsOfType(answer.records, 'CNAME', doubled.name)) ?? []
  if (zone && doubled && atDoubled.some(({ data }) => data === target || data.startsWith(`${target}.`))) {
    const host = relativeName(name, zone.name)
    return finding('awaiting_setup', 'name-doubled', { name, target, found: doubled.name, zone: zone.name, host })
  }
  const servers = zone?.delegation ?? zone?.nsNames ?? []
  if (heldBy && heldBy.length > 0 && servers.length > 0 && !heldBy.some((ns) => servers.includes(ns))) {
    return notDelegated(subject, heldBy, [])
  }
  return finding('awaiting_setup', 'absent', { name, target })
}

function notDelegated({ name, target, observation }: Subject, holders: string[], found: Reading[]): Finding {
  const { zone } = observation
  const nameServers = list(zone?.delegation ?? zone?.nsNames ?? [])
  const context = { name, target, holders: list(holders), nameServers, ...(zone && { zone: zone.name }) }
  return { ...finding('misconfigured', 'zone-not-delegated', context), found }
}

// Not in the words of the catalogue: to remove what stands beside the CNAME would here be to remove a delegation.
function ownZone({ name, target }: Subject): Finding {
  return {
    status: 'misconfigured',
    reason: 'conflict',
    message: `${name} is delegated as a zone of its own, and a CNAME cannot stand at the top of a zone.`,
    fix: `If the delegation is intended, publish the content of ${target} in that zone. If not, ask the operator of the parent zone.`,
  }
}

/** Name servers of one zone say different things. Which of them are more does not matter. */
export function inDisagreement(shared: Finding | undefined, readings: Reading[], { name, target }: Subject): Finding {
  const says = readings.map((reading) => `${serverText(reading.server)} ${holds(reading, target)}`)
  const detail = `The name servers disagree: ${list(says)}.`
  if (shared) return { ...shared, detail: [shared.detail, detail].filter(Boolean).join(' ') }
  const behind = readings.filter((reading) => reading.is !== 'right').map((reading) => serverText(reading.server))
  return { ...finding('awaiting_setup', 'disagreeing', { name, target, holders: list(behind) }), detail }
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
