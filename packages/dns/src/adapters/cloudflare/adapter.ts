import { mapLimited } from '@dmarc-as-code/primitives'
import type { DnsServiceErrorKind } from '../../engine/errors.ts'
import { matchesSet } from '../../engine/record-sets.ts'
import type { DnsAdapter, Json, NameChange, RecordSet } from '../../engine/types.ts'
import { type CloudflareConfig, cloudflare } from '../../services/cloudflare.ts'
import { canonicalName } from '../../wire/names.ts'
import { requireUnchanged, setsToAdd } from '../compare-before-write.ts'
import { quoteTxt, withDot } from '../dotted.ts'
import { createHttp, type HttpClient, type Sleep } from '../http.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { ZoneDirectory } from '../zone-directory.ts'
import { listAll, listPage } from './list.ts'
import { chooseZone, cloudflareZones } from './zones.ts'

const shape = shapesOf('cloudflare')

/**
 * Cloudflare's API v4. A batch is one database transaction in which deletions come before additions. Records made here
 * are never proxied: a proxied name answers with the proxy's addresses, and the CNAME is not seen.
 */
export function cloudflareAdapter(
  config: CloudflareConfig,
  context: {
    fetch?: typeof fetch | undefined
    sleep?: Sleep | undefined
    clock?: (() => number) | undefined
  } = {},
): DnsAdapter {
  const http = createHttp({
    service: 'cloudflare',
    label: 'Cloudflare',
    baseUrl: config.baseUrl ?? 'https://api.cloudflare.com/client/v4',
    fetch: context.fetch,
    sleep: context.sleep,
    timeout: config.timeout,
    authorise: () => ({ authorization: `Bearer ${config.apiToken}` }),
    describeError: (body) =>
      errorsOf(body)
        .map(({ code, message }) => `${message} (${code})`)
        .join('; ') || undefined,
    classify: (_, body) =>
      errorsOf(body)
        .map(({ code }) => kinds[code])
        .find((kind) => kind !== undefined),
  })
  const zones = new ZoneDirectory({ ...cloudflareZones(http), clock: context.clock ?? (() => performance.now()) })
  const readNames = reader(http)
  return {
    service: 'cloudflare',
    label: 'Cloudflare',
    abilities: cloudflare.abilities,
    identity: `the API at ${config.baseUrl ?? 'https://api.cloudflare.com/client/v4'}`,
    findZone: async (name, options) => chooseZone(await zones.holding(canonicalName(name), options)),
    async read(zone, names, { signal } = {}) {
      return (await readNames(zone.id, names, signal)).map(({ set }) => set)
    },
    async list(zone, { signal } = {}) {
      const records = await listAll(http, `/zones/${zone.id}/dns_records`, {}, wholeZone, signal)
      const names = new Set(records.map((record) => canonicalName(shape.text(record, 'name'))))
      return toSets(records, [...names]).map(({ set }) => set)
    },
    async write(zone, changes, { signal } = {}) {
      // Records are deleted by id, so the names are read once more.
      const names = changes.map(({ name }) => name)
      const live = Map.groupBy(await readNames(zone.id, names, signal), ({ set }) => set.name)
      const parts = changes.map((change) => toBatch(change, live.get(change.name) ?? []))
      const body = { deletes: parts.flatMap((part) => part.deletes), posts: parts.flatMap((part) => part.posts) }
      await http(`/zones/${zone.id}/dns_records/batch`, { method: 'POST', body, signal })
    },
  }
}

// 81053, 81054: another record is in the way; 81044: it is gone; 81057, 81058: it is there already.
const kinds: Record<number, DnsServiceErrorKind> = {
  81044: 'changed',
  81053: 'changed',
  81054: 'changed',
  81057: 'changed',
  81058: 'changed',
  // What a missing, mistyped or revoked token gives, with statuses 400 and 403.
  1000: 'unauthorised',
  6003: 'unauthorised',
  9109: 'unauthorised',
  9106: 'unauthorised',
  10000: 'unauthorised',
}

function errorsOf(body: unknown): { code: number; message: string }[] {
  const list = isObject(body) && Array.isArray(body.errors) ? body.errors.filter(isObject) : []
  return list.map((error) => ({ code: Number(error.code), message: String(error.message) }))
}

interface Found {
  set: RecordSet
  ids: string[]
}

/** More records than most zones hold; a page may hold many more. */
const wholeZone = 500

/** Several names of a zone that fits into a page take one request; a larger zone is read name by name. */
function reader(http: HttpClient) {
  const large = new Set<string>()
  return async (zoneId: string, names: readonly string[], signal?: AbortSignal): Promise<Found[]> => {
    const path = `/zones/${zoneId}/dns_records`
    if (names.length > 1 && !large.has(zoneId)) {
      const { results, pages } = await listPage(http, path, { page: 1, per_page: wholeZone }, signal)
      if (pages <= 1) return toSets(results, names)
      large.add(zoneId)
    }
    const found = await mapLimited(names, 4, async (name) =>
      toSets(await listAll(http, path, { 'name.exact': name }, 100, signal), [name]),
    )
    return found.flat()
  }
}

function toSets(records: readonly JsonObject[], names: readonly string[]): Found[] {
  const byName = Map.groupBy(records, (record) => canonicalName(shape.text(record, 'name')))
  return names.flatMap((name) =>
    [...Map.groupBy(byName.get(name) ?? [], (record) => shape.text(record, 'type'))].map(([type, group]) =>
      toSet(name, type, group),
    ),
  )
}

function toSet(name: string, type: string, group: readonly JsonObject[]): Found {
  const sorted = group
    .map((record) => ({ record, value: textOf(type, record) }))
    .sort((left, right) => (left.value < right.value ? -1 : 1))
  const set: RecordSet = {
    name,
    type,
    ttl: Math.min(...group.map((record) => ttlOf(shape.number(record, 'ttl')))),
    values: sorted.map(({ value }) => value),
    native: sorted.map(({ record }) => kept(record)),
  }
  if (group.some((record) => record.proxied === true)) set.proxied = true
  return { set, ids: group.map((record) => shape.text(record, 'id')) }
}

// 1 stands for "automatic", which is served as 300 seconds.
const ttlOf = (ttl: number) => (ttl === 1 ? 300 : ttl)

function textOf(type: string, record: JsonObject): string {
  const content = shape.text(record, 'content')
  if (type === 'TXT') return quoteTxt(content)
  if (type === 'CNAME' || type === 'NS' || type === 'PTR') return withDot(content)
  if (type === 'MX') return `${Number(record.priority ?? 0)} ${withDot(content)}`
  return content
}

// What a record is made of, without what the service sets each time (id, dates).
function kept(record: JsonObject): Json {
  const fields = ['type', 'name', 'content', 'ttl', 'proxied', 'priority', 'data', 'comment', 'tags', 'settings']
  return Object.fromEntries(
    fields
      .filter((field) => record[field] !== undefined && record[field] !== null)
      .map((field) => [field, record[field]]),
  ) as Json
}

function toBatch(change: NameChange, live: readonly Found[]): { deletes: JsonObject[]; posts: JsonObject[] } {
  // What is new there must not be swept away with the rest.
  requireUnchanged(
    'cloudflare',
    change,
    live.map(({ set }) => set),
  )
  const goes = live.filter(({ set }) => !change.after.some((other) => matchesSet(other, set)))
  const comes = setsToAdd(change)
  return { deletes: goes.flatMap(({ ids }) => ids.map((id) => ({ id }))), posts: comes.flatMap(toRecords) }
}

function toRecords(set: RecordSet): JsonObject[] {
  if (Array.isArray(set.native)) return (set.native as unknown[]).filter(isObject)
  return set.values.map((value) => ({
    type: set.type,
    name: set.name,
    // A TXT goes as it stands in a zone file, in quotes, which is the form the service asks for.
    content: set.type === 'TXT' ? value : canonicalName(value),
    ttl: set.ttl,
    proxied: false,
  }))
}
