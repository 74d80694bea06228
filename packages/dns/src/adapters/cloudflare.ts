import { domainToASCII, domainToUnicode } from 'node:url'
import { DnsServiceError, type DnsServiceErrorKind } from '../engine/errors.ts'
import { matchesAll, matchesSet } from '../engine/record-sets.ts'
import type { DnsAdapter, HostedZone, Json, NameChange, RecordSet } from '../engine/types.ts'
import { mapLimit } from '../limit.ts'
import { canonicalName } from '../rfc2136/name.ts'
import type { CloudflareConfig } from './cloudflare-config.ts'
import { quoteTxt, withDot } from './dotted.ts'
import { createHttp, type HttpClient, type Sleep } from './http.ts'
import { isObject, type JsonObject, shapesOf } from './shape.ts'
import { zoneWalk } from './zone-walk.ts'

const shape = shapesOf('cloudflare')

/**
 * Cloudflare's API v4. A batch is one database transaction in which deletions come before additions. Records made here
 * are never proxied: a proxied name answers with the proxy's addresses, and the CNAME is not seen.
 */
export function cloudflareAdapter(
  config: CloudflareConfig,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined } = {},
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
  return {
    service: 'cloudflare',
    label: 'Cloudflare',
    abilities: {
      canWrite: true,
      canReplaceAtomically: true,
      canApplyAllAtomically: true,
      // A batch holds 200 records on the free plan, and a name gives several: those that go and the one that comes.
      maximumNames: 50,
      checksBeforeWriting: false,
      supportsTtl: true,
      minimumTtl: 60,
    },
    findZone: zoneWalk((candidate, signal) => lookUpZone(http, candidate, signal)),
    async read(zone, names, { signal } = {}) {
      const sets = await mapLimit(names, 4, (name) => readName(http, zone.id, name, signal))
      return sets.flat().map(({ set }) => set)
    },
    async write(zone, changes, { signal } = {}) {
      const parts = await mapLimit(changes, 4, (change) => toBatch(http, zone.id, change, signal))
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

/** All results of a list. `total_pages` ends it, and so does a short page; a service that ignores `page` cannot loop us. */
async function listAll(
  http: HttpClient,
  path: string,
  query: Record<string, string>,
  perPage: number,
  signal?: AbortSignal,
): Promise<JsonObject[]> {
  const results: JsonObject[] = []
  for (let page = 1; ; page++) {
    const { body } = await http(path, { query: { ...query, page, per_page: perPage }, signal })
    const answer = shape.object(body, 'a JSON object')
    const found = shape.list(answer.result, 'the list "result"')
    results.push(...found)
    const total = isObject(answer.result_info) ? Number(answer.result_info.total_pages) : Number.NaN
    if (found.length === 0 || page >= (Number.isNaN(total) ? 1 : total)) return results
  }
}

async function lookUpZone(http: HttpClient, candidate: string, signal?: AbortSignal): Promise<HostedZone | undefined> {
  // Zones go by their Unicode names, asked for and answered; records by their A-labels (cloudflare-docs 1991).
  const zones = await listAll(http, '/zones', { name: domainToUnicode(candidate) || candidate }, 50, signal)
  const here = zones.filter((zone) => canonicalName(domainToASCII(shape.text(zone, 'name'))) === candidate)
  // What secondary, partial and internal zones hold comes from elsewhere, or is not what the world is answered.
  const full = here.filter((zone) => zone.type === undefined || zone.type === 'full')
  // Several accounts may have the zone, of which one is active; the others wait for name servers or have lost them.
  const found = full.find((zone) => zone.status === 'active') ?? full[0]
  if (!found) return undefined
  const nameServers = shape.texts(found.name_servers).map(canonicalName)
  return { id: shape.text(found, 'id'), name: candidate, ...(nameServers.length > 0 ? { nameServers } : {}) }
}

interface Found {
  set: RecordSet
  ids: string[]
}

async function readName(http: HttpClient, zoneId: string, name: string, signal?: AbortSignal): Promise<Found[]> {
  const records = await listAll(http, `/zones/${zoneId}/dns_records`, { 'name.exact': name }, 100, signal)
  const here = records.filter((record) => canonicalName(shape.text(record, 'name')) === name)
  return [...Map.groupBy(here, (record) => shape.text(record, 'type'))].map(([type, group]) => {
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
  })
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

// What a record is made of, without what the service gives it anew each time (id, dates).
function kept(record: JsonObject): Json {
  const fields = ['type', 'name', 'content', 'ttl', 'proxied', 'priority', 'data', 'comment', 'tags', 'settings']
  return Object.fromEntries(
    fields
      .filter((field) => record[field] !== undefined && record[field] !== null)
      .map((field) => [field, record[field]]),
  ) as Json
}

async function toBatch(
  http: HttpClient,
  zoneId: string,
  { name, before, after }: NameChange,
  signal?: AbortSignal,
): Promise<{ deletes: JsonObject[]; posts: JsonObject[] }> {
  // Records are deleted by id, so the name is read once more; what is new there must not be swept away with the rest.
  const live = await readName(http, zoneId, name, signal)
  if (
    !matchesAll(
      before,
      live.map(({ set }) => set),
    )
  ) {
    throw new DnsServiceError({
      service: 'cloudflare',
      kind: 'changed',
      message: `${name} is no longer what it was.`,
      fix: 'Plan again.',
    })
  }
  const goes = live.filter(({ set }) => !after.some((other) => matchesSet(other, set)))
  const comes = after.filter((set) => !before.some((other) => matchesSet(set, other)))
  return { deletes: goes.flatMap(({ ids }) => ids.map((id) => ({ id }))), posts: comes.flatMap(toRecords) }
}

function toRecords(set: RecordSet): JsonObject[] {
  if (Array.isArray(set.native)) return (set.native as unknown[]).filter(isObject)
  return set.values.map((value) => ({
    type: set.type,
    name: set.name,
    content: canonicalName(value),
    ttl: set.ttl,
    proxied: false,
  }))
}
