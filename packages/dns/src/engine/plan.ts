import { mapLimit } from '../limit.ts'
import { canonicalName, decodeName, encodeName } from '../rfc2136/name.ts'
import { DnsServiceError } from './errors.ts'
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
  /** Called for each record: once its zone is known (or that there is none), and once what stands there is read. */
  onProgress?: (event: { name: string; step: 'zone-sought' | 'read' }) => void
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
  const { conflict = 'fail', ttl = 300, clock = Date.now, signal, onProgress } = options
  const wanted = records.map((record) => normalise(record, ttl, adapter))
  const names = new Set<string>()
  for (const { name } of wanted) {
    if (names.has(name)) throw new TypeError(`${name} is wanted twice; a name can hold one CNAME only`)
    names.add(name)
  }
  const unreachable = new Unreachable(adapter)
  const zones = await mapLimit(wanted, 16, async ({ name }) => {
    const zone = await unreachable.note([name], () => adapter.findZone(name, { signal }))
    onProgress?.({ name, step: 'zone-sought' })
    return zone
  })
  const live = await readAround(adapter, wanted, zones, unreachable, options)
  unreachable.throwIfAll(wanted)
  const undelegated = await findUndelegated(adapter, zones, options)
  return {
    version: 1,
    service: adapter.service,
    conflict,
    createdAt: new Date(clock()).toISOString(),
    items: wanted.map((record, index) => {
      const zone = zones[index]
      const delegatedTo = zone && undelegated.get(zone.id)
      return judge(record, {
        adapter,
        conflict,
        zone,
        ...(delegatedTo ? { delegatedTo } : {}),
        unreachable: unreachable.get(record.name)?.message,
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
  const name = wireName(record.name)
  const value = wireName(record.value)
  const wanted = record.ttl ?? ttl
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 0x7fffffff) {
    throw new TypeError(`${record.name}: the TTL is ${wanted}; expected whole seconds from 0 to 2147483647`)
  }
  return {
    name,
    type: 'CNAME',
    value,
    ttl: Math.max(wanted, adapter.abilities.minimumTtl ?? 0),
  }
}

/** The one spelling of a name: `\042` and `*` are the same label, and must not pass for two. Fails on what is no name. */
const wireName = (name: string) => canonicalName(decodeName(encodeName(name), 0).name)

/**
 * Where every zone has servers of its own (`manual`), those of one can be down while the others answer: its records are
 * blocked then, and the rest is planned. A service that is down for all fails the plan.
 */
class Unreachable {
  readonly #adapter: DnsAdapter
  readonly #errors = new Map<string, DnsServiceError>()

  constructor(adapter: DnsAdapter) {
    this.#adapter = adapter
  }

  async note<T>(names: readonly string[], ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask()
    } catch (error) {
      const down = error instanceof DnsServiceError && (error.kind === 'unavailable' || error.kind === 'timed-out')
      if (this.#adapter.abilities.canWrite || !down) throw error
      for (const name of names) this.#errors.set(name, error)
      return undefined
    }
  }

  get(name: string): DnsServiceError | undefined {
    return this.#errors.get(name)
  }

  throwIfAll(records: readonly { name: string }[]): void {
    const [first] = this.#errors.values()
    if (first && records.every(({ name }) => this.#errors.has(name))) throw first
  }
}

async function readAround(
  adapter: DnsAdapter,
  wanted: readonly Required<WantedRecord>[],
  zones: readonly (HostedZone | undefined)[],
  unreachable: Unreachable,
  { signal, onProgress }: PlanOptions,
): Promise<Map<string, Map<string, RecordSet[]>>> {
  const byZone = new Map<string, { zone: HostedZone; wanted: string[]; names: Set<string> }>()
  wanted.forEach((record, index) => {
    const zone = zones[index]
    if (!zone) return
    const entry = byZone.get(zone.id) ?? { zone, wanted: [], names: new Set<string>() }
    entry.wanted.push(record.name)
    for (const name of namesAround(record.name, zone.name)) entry.names.add(name)
    byZone.set(zone.id, entry)
  })
  const read = await mapLimit([...byZone.values()], 4, async ({ zone, wanted: here, names }) => {
    const sets = (await unreachable.note(here, () => adapter.read(zone, [...names], { signal }))) ?? []
    for (const name of here) onProgress?.({ name, step: 'read' })
    return [zone.id, Map.groupBy(sets, (set) => set.name)] as const
  })
  return new Map(read)
}

async function findUndelegated(
  adapter: DnsAdapter,
  zones: readonly (HostedZone | undefined)[],
  { delegation, signal }: PlanOptions,
): Promise<Map<string, string[]>> {
  const elsewhere = new Map<string, string[]>()
  if (!delegation) return elsewhere
  const different = [...new Map(zones.filter((zone) => zone !== undefined).map((zone) => [zone.id, zone])).values()]
  await mapLimit(different, 16, async (zone) => {
    if (!zone.nameServers || zone.nameServers.length === 0) return
    const theirs = (await delegation(zone.name, { signal }))?.map(canonicalName) ?? []
    const leadsTo = (servers: readonly string[]) => theirs.some((server) => servers.map(canonicalName).includes(server))
    if (theirs.length === 0 || leadsTo(zone.nameServers)) return
    // Vanity names: the service knows its servers by other names than the delegation, but the zone itself has those.
    const apex = await adapter.read(zone, [zone.name], { signal })
    if (leadsTo(apex.filter((set) => set.type === 'NS').flatMap((set) => set.values))) return
    elsewhere.set(zone.id, theirs)
  })
  return elsewhere
}
