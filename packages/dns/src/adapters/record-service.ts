import { DnsServiceError } from '../engine/errors.ts'
import { matchesSet } from '../engine/record-sets.ts'
import type { DnsAdapter, HostedZone, Json, NameChange, RecordSet, ServiceId } from '../engine/types.ts'
import { requireUnchanged, setsToAdd } from './compare-before-write.ts'
import { isObject, type JsonObject } from './shape.ts'

/** One record of a service that gives every record an id, as it was read. */
export interface ServiceRecord {
  id: string | number
  /** Absolute, lower case, without the final dot. */
  name: string
  type: string
  /** Seconds. */
  ttl: number
  /** In zone-file form. */
  value: string
  /** Everything the service keeps with the record and takes back when it is made again; no id, no dates. */
  native: JsonObject
  /** The service keeps more with it than a new body says (regions, tags), so that it is never changed in place. */
  special?: boolean
  /** Why nothing may be put in the record's place, and what to do about it. */
  obstacle?: { message: string; fix: string }
}

/** What differs between services that know single records with ids. Bodies are what the service takes for one record. */
export interface RecordService {
  service: ServiceId
  /** Every record at these names; others may be among them. */
  list(zone: HostedZone, names: readonly string[], signal: AbortSignal | undefined): Promise<ServiceRecord[]>
  /** The body of a record that is new, a CNAME or a TXT, whose value is in zone-file form. */
  bodyOf(zone: HostedZone, record: { name: string; type: string; ttl: number; value: string }): JsonObject
  create(zone: HostedZone, body: JsonObject, signal: AbortSignal | undefined): Promise<void>
  /** Absent where a record cannot be changed in place. Name and type stay the same. */
  update?(zone: HostedZone, id: string | number, body: JsonObject, signal: AbortSignal | undefined): Promise<void>
  remove(zone: HostedZone, record: ServiceRecord, signal: AbortSignal | undefined): Promise<void>
  /** Makes the changes of a zone take effect, where the service keeps them back until it is asked. */
  publish?(zone: HostedZone, signal: AbortSignal | undefined): Promise<void>
}

/**
 * Reading and writing for services that know single records with ids. They have no transaction: a record of a type that
 * stays is changed in place, so that its name is never empty; else what is in the way is deleted before its successor is made.
 */
export function recordService(parts: RecordService): Pick<DnsAdapter, 'read' | 'write'> {
  const readNames = async (zone: HostedZone, names: readonly string[], signal?: AbortSignal) => {
    const wanted = new Set(names)
    const records = await parts.list(zone, names, signal)
    return records.filter(({ name, type }) => wanted.has(name) && type !== 'SOA')
  }
  return {
    async read(zone, names, { signal } = {}) {
      return toSets(await readNames(zone, names, signal)).map(({ set }) => set)
    },
    async write(zone, changes, { signal } = {}) {
      const names = changes.map(({ name }) => name)
      const live = Map.groupBy(toSets(await readNames(zone, names, signal)), ({ set }) => set.name)
      const at = (name: string) => live.get(name) ?? []
      for (const change of changes) {
        const sets = at(change.name).map(({ set }) => set)
        requireUnchanged(parts.service, change, sets)
        refuseObstacles(parts.service, at(change.name), change)
      }
      let touched = false
      try {
        for (const change of changes)
          await writeName(parts, zone, change, at(change.name), () => (touched = true), signal)
        await parts.publish?.(zone, signal)
      } catch (error) {
        throw touched ? asRefusal(error) : error
      }
    },
  }
}

interface Found {
  set: RecordSet
  records: ServiceRecord[]
}

function toSets(records: readonly ServiceRecord[]): Found[] {
  return [...Map.groupBy(records, ({ name, type }) => `${name} ${type}`).values()].map((group) => {
    const sorted = [...group].sort((left, right) => (left.value < right.value ? -1 : 1))
    const [{ name, type }] = sorted as [ServiceRecord]
    return {
      set: {
        name,
        type,
        ttl: Math.min(...sorted.map(({ ttl }) => ttl)),
        values: sorted.map(({ value }) => value),
        native: sorted.map(({ native }) => native as { [key: string]: Json }),
      },
      records: sorted,
    }
  })
}

function refuseObstacles(service: ServiceId, live: readonly Found[], { name, after }: NameChange): void {
  for (const { set, records } of live) {
    if (after.some((other) => matchesSet(other, set))) continue
    const obstacle = records.find((record) => record.obstacle)?.obstacle
    if (obstacle)
      throw new DnsServiceError({ service, kind: 'refused', ...obstacle, message: `${name}: ${obstacle.message}` })
  }
}

async function writeName(
  parts: RecordService,
  zone: HostedZone,
  change: NameChange,
  live: readonly Found[],
  onTouch: () => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const comes = setsToAdd(change)
  const goes = live.filter(({ set }) => !change.after.some((other) => matchesSet(other, set)))
  const inPlace = new Map<Found, RecordSet>()
  for (const found of goes) {
    const successor = comes.find(({ type }) => type === found.set.type)
    const plain = found.records.length === 1 && !found.records.some(({ special }) => special)
    if (parts.update && plain && successor?.values.length === 1) inPlace.set(found, successor)
  }
  for (const found of goes) {
    if (inPlace.has(found)) continue
    for (const record of found.records) {
      await parts.remove(zone, record, signal)
      onTouch()
    }
  }
  for (const [{ records }, set] of inPlace) {
    const [body] = bodiesOf(parts, zone, set)
    const [record] = records
    if (body && record) await parts.update?.(zone, record.id, body, signal)
    onTouch()
  }
  const changed = new Set(inPlace.values())
  for (const set of comes) {
    if (changed.has(set)) continue
    for (const body of bodiesOf(parts, zone, set)) {
      await parts.create(zone, body, signal)
      onTouch()
    }
  }
}

function bodiesOf(
  parts: RecordService,
  zone: HostedZone,
  { name, type, ttl, values, native }: RecordSet,
): JsonObject[] {
  if (Array.isArray(native)) return (native as unknown[]).filter(isObject)
  return values.map((value) => parts.bodyOf(zone, { name, type, ttl, value }))
}

/** `changed` says that nothing was touched. Once something was, it is a refusal in the middle, which has to be taken back. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof DnsServiceError) || error.kind !== 'changed') return error
  const { service, fix } = error
  const message = error.message.slice(0, -fix.length || undefined).trim()
  return new DnsServiceError({ service, kind: 'refused', message, fix }, { cause: error })
}
