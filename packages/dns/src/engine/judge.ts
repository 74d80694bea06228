import { parentOf, relativeName } from './names.ts'
import { comparableValue, describeSets } from './record-sets.ts'
import type { DnsAdapter, HostedZone, RecordSet, WantedRecord } from './types.ts'

/**
 * What to do about records that stand in the way.
 * - `fail`: nothing; the plan shows the conflict.
 * - `adopt`: a CNAME at the name is taken over, and its target and TTL corrected. Anything else remains a conflict.
 * - `replace`: whatever stands at the name makes way for the CNAME. `undo` puts it back.
 */
export type ConflictMode = 'fail' | 'adopt' | 'replace'

export type PlanAction = 'create' | 'unchanged' | 'replace' | 'conflict' | 'blocked'

export type PlanReason =
  | 'other-target'
  | 'records-in-place'
  | 'proxied'
  | 'zone-not-found'
  | 'unreachable'
  | 'zone-not-delegated'
  | 'apex'
  | 'wildcard-name'
  | 'delegated-away'
  | 'under-dname'
  | 'loop'

export interface PlanItem {
  record: Required<WantedRecord>
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
}

export interface Surroundings {
  adapter: DnsAdapter
  conflict: ConflictMode
  zone: HostedZone | undefined
  /** Why nobody could be asked about this record. */
  unreachable?: string | undefined
  /** The servers the world is sent to, and this zone's own, where they are others. */
  elsewhere?: { delegatedTo: readonly string[]; servers: readonly string[] }
  at(name: string): RecordSet[]
}

/** Decides about one record from what stands in its zone. Pure. */
export function judge(record: Required<WantedRecord>, around: Surroundings): PlanItem {
  const { zone } = around
  const before = around.at(record.name)
  const item: PlanItem = { record, action: 'create', message: '', before, after: before, adopted: false, notes: [] }
  if (around.unreachable !== undefined)
    return blocked({ ...item, ...(zone ? { zone } : {}) }, 'unreachable', around.unreachable)
  if (!zone) {
    return blocked(
      item,
      'zone-not-found',
      `${around.adapter.label} has no zone that holds ${record.name}. Check which service hosts it and whether the credentials can see the zone.`,
    )
  }
  item.zone = zone
  item.relativeName = relativeName(record.name, zone.name)
  const obstacle = findObstacle(record, zone, around)
  if (obstacle) return blocked(item, ...obstacle)
  item.notes = wildcardNotes(record.name, zone.name, around)

  const wanted: RecordSet = { name: record.name, type: 'CNAME', ttl: record.ttl, values: [`${record.value}.`] }
  if (before.length === 0) {
    return { ...item, after: [wanted], message: `Nothing is there; a CNAME to ${record.value} will be created.` }
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
        message: 'The CNAME is already right.',
      }
    }
    const message = `The CNAME is right; its TTL changes from ${first.ttl} to ${record.ttl} seconds.`
    return { ...item, action: 'replace', adopted: true, after: [wanted], message }
  }
  if (around.conflict === 'replace' || (around.conflict === 'adopt' && onlyCname)) {
    const message = `${describeSets(before)} will be replaced by a CNAME to ${record.value}.`
    return { ...item, action: 'replace', adopted: around.conflict === 'adopt', after: [wanted], message }
  }
  return inTheWay(item, { onlyCname, rightTarget })
}

function blocked(item: PlanItem, reason: PlanReason, message: string): PlanItem {
  return { ...item, action: 'blocked', reason, message }
}

function findObstacle(
  record: Required<WantedRecord>,
  zone: HostedZone,
  around: Surroundings,
): [PlanReason, string] | undefined {
  const { name, value } = record
  if (name === zone.name) {
    return [
      'apex',
      `${name} is a zone of its own, and a CNAME cannot stand at the top of a zone. Remove the delegation (NS records) of ${name} in its parent zone, and its zone, then apply there.`,
    ]
  }
  if (name.startsWith('*.')) return ['wildcard-name', `${name} is a wildcard; the record must stand at one exact name.`]
  if (name === value) return ['loop', `${name} would point to itself.`]
  if (around.elsewhere) {
    const { delegatedTo, servers } = around.elsewhere
    return [
      'zone-not-delegated',
      `The world does not see this zone: ${zone.name} is delegated to ${delegatedTo.join(', ')}, not to ${servers.join(', ')}. Add the record at the service that hosts ${delegatedTo[0]}.`,
    ]
  }
  const delegation = delegationOver(name, zone, around.at)
  if (delegation) {
    return [
      'delegated-away',
      `${delegation.name} is delegated to ${delegation.values.join(', ')}, so records below it in ${zone.name} are never seen. Add the record there, or remove the delegation.`,
    ]
  }
  for (let owner = name; owner !== zone.name && owner !== ''; ) {
    owner = parentOf(owner)
    const dname = around.at(owner).find((set) => set.type === 'DNAME')
    if (dname) {
      return [
        'under-dname',
        `${owner} is a DNAME to ${dname.values.join(', ')}, which moves every name below it. Add the record in the target's zone.`,
      ]
    }
  }
  return undefined
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
  for (let parent = parentOf(name); ; parent = parentOf(parent)) {
    const wildcard = around.at(`*.${parent}`)
    if (wildcard.length > 0) {
      return [
        `So far *.${parent} (${describeSets(wildcard)}) answers for this name; the CNAME takes its place here and leaves the wildcard as it is.`,
      ]
    }
    if (parent === zone || parent === '') return []
  }
}

function inTheWay(item: PlanItem, found: { onlyCname: boolean; rightTarget: boolean }): PlanItem {
  const { record, before } = item
  if (before.some((set) => set.proxied)) {
    return blocked(
      item,
      'proxied',
      `A proxy answers in the place of ${describeSets(before)}, which hides it. Switch the proxy off for this name, or use conflict mode "${found.onlyCname ? 'adopt' : 'replace'}".`,
    )
  }
  if (found.onlyCname) {
    return {
      ...item,
      action: 'conflict',
      reason: 'other-target',
      message: `${describeSets(before)} is there, expected CNAME ${record.value}. Change its target, or use conflict mode "adopt".`,
    }
  }
  return {
    ...item,
    action: 'conflict',
    reason: 'records-in-place',
    message: `${describeSets(before)} is there, and a CNAME tolerates nothing beside it. Remove it, or use conflict mode "replace" (undo puts it back).`,
  }
}
