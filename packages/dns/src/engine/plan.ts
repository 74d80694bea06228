import { mapLimited } from '@dmarc-as-code/primitives'
import type { Verdict } from '@dmarc-as-code/records'
import { blindView } from '../effect/blind-view.ts'
import type { MailView } from '../effect/types.ts'
import { DnsInputError } from '../errors.ts'
import { canonicalName, decodeName, encodeName } from '../wire/names.ts'
import { type ExpectedTexts, effectsOf, planVerdict } from './effects.ts'
import { type FindDelegation, findElsewhere } from './elsewhere.ts'
import { DnsServiceError } from './errors.ts'
import { type ConflictMode, delegationOver, judge, type PlanItem } from './judge.ts'
import { namesAround } from './names.ts'
import { keptTtl } from './ttl.ts'
import type { CallOptions, DnsAdapter, HostedZone, RecordSet, ServiceId, WantedRecord } from './types.ts'
import { type HasBeneath, liveAt, readBeneath } from './wildcard.ts'

/** What would be done, as plain JSON: it can be shown, kept, and given to `apply` later. */
export interface Plan {
  version: 1
  service: ServiceId
  /** `DnsAdapter.identity` of the adapter that read the zones. */
  identity?: string
  conflict: ConflictMode
  /** ISO 8601. */
  createdAt: string
  /** What the plan does to mail as a whole: show its `words` first. */
  verdict: Verdict
  items: PlanItem[]
}

export interface PlanOptions extends CallOptions {
  /** What to do about records that stand in the way. Default `fail`. */
  conflict?: ConflictMode
  /** Seconds, for records that name no TTL. Default 300. */
  ttl?: number
  /**
   * Who answers for a zone in the public DNS (`delegationFrom(resolver)`): where that is another server, its records are
   * blocked; where no server does, each item has a note. Default: not asked.
   */
  delegation?: FindDelegation | undefined
  /**
   * How what is live and what answers behind the targets is looked up, for the effect on mail: `mailView(resolver)`.
   * Default: only what the DNS service holds counts, and the effect on anything else is unknown.
   */
  view?: MailView
  /** What will answer behind the targets, where the caller knows it better than the DNS does now. */
  expected?: ExpectedTexts
  /** Called for each record: once its zone is known (or that there is none), and once what stands there is read. */
  onProgress?: (event: { name: string; step: 'zone-sought' | 'read' }) => void
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: () => number
}

/** What stands around the wanted records, to be judged by one conflict mode or several without reading again. */
export interface Survey {
  plan(conflict?: ConflictMode): Plan
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
  return (await survey(records, adapter, options)).plan(options.conflict)
}

/** The reading half of {@link plan}. */
export async function survey(
  records: readonly WantedRecord[],
  adapter: DnsAdapter,
  options: Omit<PlanOptions, 'conflict'> = {},
): Promise<Survey> {
  const { ttl = 300, clock = Date.now } = options
  const wanted = records.map((record) => normalise(record, ttl))
  const names = new Set<string>()
  for (const { name } of wanted) {
    if (names.has(name)) throw new DnsInputError(`${name} is wanted twice; a name can hold one CNAME only`)
    names.add(name)
  }
  const unreachable = new Unreachable(adapter)
  const placed = await readAround(adapter, await findZones(adapter, wanted, unreachable, options), unreachable, options)
  unreachable.throwIfAll(wanted)
  const elsewhere = await findElsewhere(
    adapter,
    placed.flatMap(({ zone, at }) => (zone ? [{ zone, at }] : [])),
    options,
  )
  const createdAt = new Date(clock()).toISOString()
  const arrivals = placed.map(({ record: { name, value }, zone, at, hasBeneath }) => {
    const read = zone !== undefined && unreachable.get(name) === undefined
    return { name, target: value, live: read ? liveAt(name, zone.name, at, hasBeneath) : undefined }
  })
  const effects = await effectsOf(arrivals, options.view ?? blindView, options.expected)
  const itemsFor = (conflict: ConflictMode) =>
    placed.map(({ record, zone, at, hasBeneath }) => {
      return judge(record, {
        adapter,
        conflict,
        zone,
        elsewhere: zone && elsewhere.get(zone.id),
        unreachable: unreachable.get(record.name)?.message,
        at,
        hasBeneath,
        effect: effects.get(record.name),
      })
    })
  return {
    plan(conflict = 'fail') {
      const items = itemsFor(conflict)
      return {
        version: 1,
        service: adapter.service,
        ...(adapter.identity === undefined ? {} : { identity: adapter.identity }),
        conflict,
        createdAt,
        verdict: planVerdict(items),
        items,
      }
    },
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

function normalise(record: WantedRecord, ttl: number): Required<WantedRecord> {
  if (record.type !== 'CNAME')
    throw new DnsInputError(`${record.name}: the type is "${record.type}"; only CNAME is supported`)
  const name = wireName(record.name)
  const value = wireName(record.value)
  const wanted = record.ttl ?? ttl
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 0x7fffffff) {
    throw new DnsInputError(`${record.name}: the TTL is ${wanted}; expected whole seconds from 0 to 2147483647`)
  }
  return { name, type: 'CNAME', value, ttl: wanted }
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

  /** A zone that may not be read, or is not there, says nothing about the others. */
  #concernsNames({ kind }: DnsServiceError): boolean {
    if (kind === 'forbidden' || kind === 'not-found') return true
    return !this.#adapter.abilities.canWrite && (kind === 'unavailable' || kind === 'timed-out')
  }

  async note<T>(names: readonly string[], ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof DnsServiceError) || !this.#concernsNames(error)) throw error
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

interface Placed {
  record: Required<WantedRecord>
  zone: HostedZone | undefined
  at(name: string): RecordSet[]
  hasBeneath: HasBeneath
}

async function findZones(
  adapter: DnsAdapter,
  wanted: readonly Required<WantedRecord>[],
  unreachable: Unreachable,
  { signal, onProgress }: PlanOptions,
): Promise<Pick<Placed, 'record' | 'zone'>[]> {
  return mapLimited(wanted, 16, async (record) => {
    const zone = await unreachable.note([record.name], () => adapter.findZone(record.name, { signal }))
    onProgress?.({ name: record.name, step: 'zone-sought' })
    return inZone(adapter, record, zone)
  })
}

/** A record with the TTL that the service keeps in its zone. */
function inZone(
  { abilities }: DnsAdapter,
  record: Required<WantedRecord>,
  zone: HostedZone | undefined,
): Pick<Placed, 'record' | 'zone'> {
  return { record: { ...record, ttl: keptTtl(abilities, record.ttl, zone) }, zone }
}

async function readAround(
  adapter: DnsAdapter,
  found: readonly Pick<Placed, 'record' | 'zone'>[],
  unreachable: Unreachable,
  options: PlanOptions,
): Promise<Placed[]> {
  const placed = await readZones(adapter, found, unreachable, options)
  // A zone made a moment ago may be missing in the list of zones that a service goes by; its delegation tells of it.
  const outgrown = placed.filter(({ record, zone, at }) => zone && delegationOver(record.name, zone, at))
  const again = await mapLimited(outgrown, 16, async ({ record, zone }) => {
    const fresh = await adapter.findZone(record.name, { signal: options.signal, fresh: true })
    return { record, zone: fresh ?? zone }
  })
  const moved = again.filter(({ zone }, index) => zone?.id !== outgrown[index]?.zone?.id)
  if (moved.length === 0) return placed
  const reread = await readZones(adapter, moved, unreachable, { ...options, onProgress: () => {} })
  const byRecord = new Map(reread.map((one) => [one.record, one]))
  return placed.map((one) => byRecord.get(one.record) ?? one)
}

async function readZones(
  adapter: DnsAdapter,
  found: readonly Pick<Placed, 'record' | 'zone'>[],
  unreachable: Unreachable,
  { signal, onProgress, delegation }: PlanOptions,
): Promise<Placed[]> {
  const groups = Map.groupBy(found, ({ zone }) => zone?.id)
  groups.delete(undefined)
  const read = await mapLimited([...groups], 4, async ([id, group]) => {
    const zone = group[0]?.zone as HostedZone
    const here = group.map(({ record }) => record.name)
    // Where a service does not tell its name servers with the zone, the top of the zone does.
    const top = delegation && !zone.nameServers && adapter.nameServers ? [zone.name] : []
    const names = new Set([...here.flatMap((name) => namesAround(name, zone.name)), ...top])
    const sets = (await unreachable.note(here, () => adapter.read(zone, [...names], { signal }))) ?? []
    const byName = Map.groupBy(sets, (set) => set.name)
    const at = (name: string) => byName.get(name) ?? []
    const hasBeneath = await readBeneath(adapter, zone, { names: here, at }, { signal })
    for (const name of here) onProgress?.({ name, step: 'read' })
    return [id, { at, hasBeneath }] as const
  })
  const live = new Map<string | undefined, Pick<Placed, 'at' | 'hasBeneath'>>(read)
  const nothing = { at: () => [], hasBeneath: () => undefined }
  return found.map(({ record, zone }) => ({ record, zone, ...(live.get(zone?.id) ?? nothing) }))
}
