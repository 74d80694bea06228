import { mapLimit } from '../limit.ts'
import { canonicalName, encodeName } from '../rfc2136/name.ts'
import { type ConflictMode, judge, type PlanItem } from './judge.ts'
import { namesAround } from './names.ts'
import type { CallOptions, DnsAdapter, HostedZone, RecordSet, ServiceId, WantedRecord } from './types.ts'

/** What would be done, as plain JSON: it can be shown, kept, and given to `apply` later. */
export interface Plan {
  version: 1
  service: ServiceId
  conflict: ConflictMode
  /** ISO 8601. */
  createdAt: string
  items: PlanItem[]
}

export interface PlanOptions extends CallOptions {
  /** What to do about records that stand in the way. Default `fail`. */
  conflict?: ConflictMode
  /** Seconds, for records that name no TTL. Default 300. */
  ttl?: number
  /**
   * Name servers to which the public tree delegates a zone, to find out that the zone edited here is not the one the
   * world sees. `undefined` means that it could not be found out. Default: not asked.
   */
  delegation?: (zone: string, options: CallOptions) => Promise<string[] | undefined>
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: () => number
}

/**
 * Reads the live records and says for each wanted record what applying it would do. Changes nothing. The same name
 * twice is a programming error and throws; everything else is an item of the plan.
 */
export async function plan(
  records: readonly WantedRecord[],
  adapter: DnsAdapter,
  options: PlanOptions = {},
): Promise<Plan> {
  const { conflict = 'fail', ttl = 300, clock = Date.now, signal } = options
  const wanted = records.map((record) => normalise(record, ttl, adapter))
  const names = new Set<string>()
  for (const { name } of wanted) {
    if (names.has(name)) throw new TypeError(`${name} is wanted twice; a name can hold one CNAME only`)
    names.add(name)
  }
  const zones = await mapLimit(wanted, 16, (record) => adapter.findZone(record.name, { signal }))
  const live = await readAround(adapter, wanted, zones, { signal })
  const undelegated = await findUndelegated(zones, options)
  return {
    version: 1,
    service: adapter.service,
    conflict,
    createdAt: new Date(clock()).toISOString(),
    items: wanted.map((record, index) => {
      const zone = zones[index]
      const delegatedTo = zone && undelegated.get(zone.name)
      return judge(record, {
        adapter,
        conflict,
        zone,
        ...(delegatedTo ? { delegatedTo } : {}),
        at: (name) => (zone && live.get(zone.id)?.get(name)) ?? [],
      })
    }),
  }
}

/** Whether the plan can be applied: nothing conflicts and nothing is blocked. */
export function isApplicable(candidate: Plan): boolean {
  return candidate.items.every((item) => item.action !== 'conflict' && item.action !== 'blocked')
}

/** Whether applying the plan would change anything. */
export function hasChanges(candidate: Plan): boolean {
  return candidate.items.some((item) => item.action === 'create' || item.action === 'replace')
}

function normalise(record: WantedRecord, ttl: number, adapter: DnsAdapter): Required<WantedRecord> {
  if (record.type !== 'CNAME')
    throw new TypeError(`${record.name}: the type is "${record.type}"; only CNAME is supported`)
  encodeName(record.name)
  encodeName(record.value)
  const wanted = record.ttl ?? ttl
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 0x7fffffff) {
    throw new TypeError(`${record.name}: the TTL is ${wanted}; expected whole seconds from 0 to 2147483647`)
  }
  return {
    name: canonicalName(record.name),
    type: 'CNAME',
    value: canonicalName(record.value),
    ttl: Math.max(wanted, adapter.abilities.minimumTtl ?? 0),
  }
}

async function readAround(
  adapter: DnsAdapter,
  wanted: readonly Required<WantedRecord>[],
  zones: readonly (HostedZone | undefined)[],
  options: CallOptions,
): Promise<Map<string, Map<string, RecordSet[]>>> {
  const byZone = new Map<string, { zone: HostedZone; names: Set<string> }>()
  wanted.forEach((record, index) => {
    const zone = zones[index]
    if (!zone) return
    const entry = byZone.get(zone.id) ?? { zone, names: new Set<string>() }
    for (const name of namesAround(record.name, zone.name)) entry.names.add(name)
    byZone.set(zone.id, entry)
  })
  const read = await mapLimit([...byZone.values()], 4, async ({ zone, names }) => {
    const sets = await adapter.read(zone, [...names], options)
    return [zone.id, Map.groupBy(sets, (set) => set.name)] as const
  })
  return new Map(read)
}

async function findUndelegated(
  zones: readonly (HostedZone | undefined)[],
  { delegation, signal }: PlanOptions,
): Promise<Map<string, string[]>> {
  const elsewhere = new Map<string, string[]>()
  if (!delegation) return elsewhere
  for (const zone of new Map(zones.filter((zone) => zone !== undefined).map((zone) => [zone.name, zone])).values()) {
    if (!zone.nameServers || zone.nameServers.length === 0) continue
    const ours = new Set(zone.nameServers.map(canonicalName))
    const theirs = await delegation(zone.name, { signal })
    if (theirs && theirs.length > 0 && !theirs.some((server) => ours.has(canonicalName(server)))) {
      elsewhere.set(zone.name, theirs.map(canonicalName))
    }
  }
  return elsewhere
}
