import { wordList } from '@dmarc-as-code/primitives'
import { type PlanReason, type ReasonContext, reasonText } from '@dmarc-as-code/records/reasons'
import type { PlanEffect } from '../effect/types.ts'
import { unregisteredDomain } from '../observe/registry-zone.ts'
import { canonicalName } from '../wire/names.ts'
import { type Elsewhere, zoneNotes } from './elsewhere.ts'
import { parentOf, relativeName } from './names.ts'
import { comparableValue, describeSets } from './record-sets.ts'
import type { DnsAdapter, HostedZone, RecordSet, WantedRecord } from './types.ts'
import { type HasBeneath, liveAt } from './wildcard.ts'

/**
 * What to do about records that stand in the way.
 * - `fail`: nothing; the plan shows the conflict.
 * - `adopt`: a CNAME at the name is taken over, and its target and TTL corrected. Anything else remains a conflict.
 * - `replace`: whatever stands at the name makes way for the CNAME. `undo` puts it back.
 */
export type ConflictMode = 'fail' | 'adopt' | 'replace'

export type PlanAction = 'create' | 'unchanged' | 'replace' | 'conflict' | 'blocked'

/** The record that a plan is about. Only an ejection plans TXT records, whose value is the text itself. */
export type PlannedRecord = Omit<Required<WantedRecord>, 'type'> & { type: 'CNAME' | 'TXT' }

export interface PlanItem {
  record: PlannedRecord
  action: PlanAction
  /** Present with `conflict` and `blocked`. */
  reason?: PlanReason
  /** One or two sentences for people: what is there, what was expected, what to do. */
  message: string
  zone?: HostedZone
  /** The name as a panel that appends the zone wants it. */
  relativeName?: string
  before: RecordSet[]
  after: RecordSet[]
  /** Whether the record was there before us and is ours from now on. */
  adopted: boolean
  /** Remarks that stop nothing, such as a wildcard that has answered for this name so far. */
  notes: string[]
  /** What the CNAME does to mail, where it replaces or overrides a policy, or is the first. Conflicts have one, too. */
  effect?: PlanEffect
}

export interface Surroundings {
  adapter: DnsAdapter
  conflict: ConflictMode
  zone: HostedZone | undefined
  /** Why the service could not be asked about this record. */
  unreachable?: string | undefined
  /** Whom the public DNS asks instead of this zone's servers. */
  elsewhere?: Elsewhere | undefined
  at(name: string): RecordSet[]
  /** Default: not known. */
  hasBeneath?: HasBeneath
  /** What the CNAME would do to mail. */
  effect?: PlanEffect | undefined
}

/** Decides about one record from what stands in its zone. Pure. */
export function judge(record: Required<WantedRecord>, around: Surroundings): PlanItem {
  const item = judgeRecord(record, around)
  const { effect } = around
  if (item.action === 'replace') item.notes.push(...stepNotes(item, around))
  return effect && item.action !== 'unchanged' && item.action !== 'blocked' ? { ...item, effect } : item
}

function judgeRecord(record: Required<WantedRecord>, around: Surroundings): PlanItem {
  const { zone } = around
  const before = around.at(record.name)
  const item: PlanItem = { record, action: 'create', message: '', before, after: before, adopted: false, notes: [] }
  const service = around.adapter.label
  if (around.unreachable !== undefined)
    return { ...item, ...(zone ? { zone } : {}), action: 'blocked', reason: 'unreachable', message: around.unreachable }
  if (!zone) return stopped(item, 'blocked', 'zone-not-found', { service })
  // A zone that these credentials can write to is nobody else's, whatever its name.
  const unregistered = around.adapter.abilities.canWrite
    ? undefined
    : unregisteredDomain(record.name, zone.name, zone.nameServers)
  if (unregistered !== undefined) {
    return stopped(item, 'blocked', 'domain-unregistered', { name: unregistered, zone: zone.name || 'the root zone' })
  }
  item.zone = zone
  item.relativeName = relativeName(record.name, zone.name)
  const obstacle = findObstacle(record, zone, around)
  if (obstacle) return stopped(item, 'blocked', obstacle.reason, obstacle.context)
  item.notes = [...zoneNotes(zone, around.elsewhere), ...wildcardNotes(record.name, zone.name, around)]

  const wanted: RecordSet = { name: record.name, type: 'CNAME', ttl: record.ttl, values: [`${record.value}.`] }
  if (before.length === 0) {
    return { ...item, after: [wanted], message: `A CNAME to ${record.value} is created.` }
  }
  const [first] = before
  const onlyCname = before.length === 1 && first?.type === 'CNAME' && first.values.length === 1
  const rightTarget = onlyCname && comparableValue('CNAME', first.values[0] ?? '') === record.value
  if (rightTarget && !first.proxied) {
    const sameTtl = first.ttl === record.ttl || !around.adapter.abilities.supportsTtl
    if (sameTtl || around.conflict === 'fail') {
      return {
        ...item,
        action: 'unchanged',
        adopted: around.conflict !== 'fail',
        message: 'The CNAME is already correct.',
      }
    }
    const message = `The CNAME is correct. Its TTL changes from ${first.ttl} to ${record.ttl} seconds.`
    return { ...item, action: 'replace', adopted: true, after: [wanted], message }
  }
  const unseen = around.adapter.unseen?.(zone)
  if (around.conflict === 'replace' && unseen !== undefined && before.some(({ type }) => type !== 'CNAME')) {
    return stopped(item, 'blocked', 'records-hidden', { found: unseen })
  }
  if (around.conflict === 'replace' || (around.conflict === 'adopt' && onlyCname)) {
    const message = `${describeSets(before)} is replaced by a CNAME to ${record.value}.`
    return { ...item, action: 'replace', adopted: around.conflict === 'adopt', after: [wanted], message }
  }
  return inTheWay(item, { onlyCname })
}

/** What an exchange of records means for whoever asks in between, and for what the service does not show. */
export function stepNotes({ before, after, zone }: PlanItem, { adapter }: Pick<Surroundings, 'adapter'>): string[] {
  const hidden = before.length === 0 || zone?.hidden === undefined ? [] : [zone.hidden]
  const exchanged = before.some((set) => !after.some(({ type }) => type === set.type))
  return exchanged ? [...hidden, ...gapNotes(zone, adapter)] : hidden
}

function gapNotes(zone: HostedZone | undefined, adapter: DnsAdapter): string[] {
  if (!adapter.abilities.canReplaceAtomically) {
    return [`${adapter.label} deletes before it creates, so nothing stands at this name for a moment.`]
  }
  return zone?.exchange === undefined ? [] : [zone.exchange]
}

/** The item with a reason in the words of the catalogue. */
export function stopped(
  item: PlanItem,
  action: 'blocked' | 'conflict',
  reason: PlanReason,
  context: ReasonContext = {},
): PlanItem {
  const { explanation, fix } = reasonText('plan', reason, {
    name: item.record.name,
    target: item.record.value,
    zone: item.zone?.name,
    ...context,
  })
  return { ...item, action, reason, message: `${explanation} ${fix}`.trim() }
}

function findObstacle(record: Required<WantedRecord>, zone: HostedZone, around: Surroundings): Obstacle | undefined {
  const { name, value } = record
  if (name === zone.name) return { reason: 'apex' }
  if (name.startsWith('*.')) return { reason: 'wildcard-name' }
  if (name === value) return { reason: 'loop' }
  const obstacle = heldElsewhere(around.elsewhere)
  if (obstacle) return obstacle
  const delegation = delegationOver(name, zone, around.at)
  if (delegation) {
    const nameServers = wordList(delegation.values.map(canonicalName))
    return { reason: 'delegated-away', context: { name: delegation.name, nameServers } }
  }
  for (let owner = name; owner !== zone.name && owner !== ''; ) {
    owner = parentOf(owner)
    const dname = around.at(owner).find((set) => set.type === 'DNAME')
    if (dname) return { reason: 'under-dname', context: { found: `${describeSets([dname])} at ${owner}` } }
  }
  return undefined
}

interface Obstacle {
  reason: PlanReason
  context?: ReasonContext
}

/** Why nothing is written to a zone that the public DNS asks other servers for. */
export function heldElsewhere(elsewhere: Elsewhere | undefined): Obstacle | undefined {
  if (!elsewhere || elsewhere.delegatedTo.length === 0) return undefined
  const { delegatedTo, servers } = elsewhere
  return { reason: 'zone-not-delegated', context: { nameServers: wordList(delegatedTo), holders: wordList(servers) } }
}

/** The delegation that takes a name out of a zone: NS records at the name or between it and the top of the zone. */
export function delegationOver(
  name: string,
  zone: HostedZone,
  at: (name: string) => readonly RecordSet[],
): RecordSet | undefined {
  for (let owner = name; owner !== zone.name && owner !== ''; owner = parentOf(owner)) {
    const delegation = at(owner).find((set) => set.type === 'NS')
    if (delegation) return delegation
  }
  return undefined
}

function wildcardNotes(name: string, zone: string, around: Surroundings): string[] {
  const { sets, wildcard, unproved } = liveAt(name, zone, around.at, around.hasBeneath)
  if (wildcard === undefined) return []
  const unless = unproved ? `, unless records stand beneath ${name}` : ''
  return [
    `The wildcard ${wildcard} (${describeSets(sets)}) answers for this name today${unless}. The CNAME takes precedence; the wildcard stays as it is.`,
  ]
}

function inTheWay(item: PlanItem, { onlyCname }: { onlyCname: boolean }): PlanItem {
  const context = { found: describeSets(item.before) }
  if (item.before.some((set) => set.proxied)) return stopped(item, 'blocked', 'proxied', context)
  return stopped(item, 'conflict', onlyCname ? 'other-target' : 'records-in-place', context)
}
