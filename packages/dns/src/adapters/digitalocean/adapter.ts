import { mapLimited } from '@dmarc-as-code/primitives'
import { textsOf } from '../../effect/live-name.ts'
import { relativeName } from '../../engine/names.ts'
import { matchesSet } from '../../engine/record-sets.ts'
import type { DnsAdapter, HostedZone, Json, NameChange, RecordSet } from '../../engine/types.ts'
import { type DigitalOceanConfig, digitalocean } from '../../services/digitalocean.ts'
import { canonicalName } from '../../wire/names.ts'
import { requireUnchanged, setsToAdd } from '../compare-before-write.ts'
import { quoteTxt, withDot } from '../dotted.ts'
import { createHttp, type HttpClient, type Sleep } from '../http.ts'
import { readAllPages } from '../pager.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneWalk } from '../zone-walk.ts'

const shape = shapesOf('digitalocean')
const nameServers = ['ns1.digitalocean.com', 'ns2.digitalocean.com', 'ns3.digitalocean.com']

/**
 * DigitalOcean's API v2. It knows single records only and has no transaction: what is in the way is deleted first, then
 * the CNAME is made, and the engine puts things back when that fails.
 */
export function digitalOceanAdapter(
  config: DigitalOceanConfig,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined } = {},
): DnsAdapter {
  const http = createHttp({
    service: 'digitalocean',
    label: 'DigitalOcean',
    baseUrl: config.baseUrl ?? 'https://api.digitalocean.com/v2',
    fetch: context.fetch,
    sleep: context.sleep,
    timeout: config.timeout,
    authorise: () => ({ authorization: `Bearer ${config.token}` }),
    describeError: (body) => (isObject(body) && typeof body.message === 'string' ? body.message : undefined),
  })
  return {
    service: 'digitalocean',
    label: 'DigitalOcean',
    abilities: digitalocean.abilities,
    identity: `the API at ${config.baseUrl ?? 'https://api.digitalocean.com/v2'}`,
    findZone: zoneWalk((candidate, signal) => lookUpZone(http, candidate, signal)),
    async read(zone, names, { signal } = {}) {
      const sets = await mapLimited(names, 4, (name) => readName(http, zone.name, name, signal))
      return sets.flat().map(({ set }) => set)
    },
    async write(zone, changes, { signal } = {}) {
      for (const change of changes) await writeName(http, zone.name, change, signal)
    },
  }
}

const recordsPath = (zone: string) => `/domains/${encodeURIComponent(zone)}/records`

async function lookUpZone(http: HttpClient, candidate: string, signal?: AbortSignal): Promise<HostedZone | undefined> {
  const { status } = await http(`/domains/${encodeURIComponent(candidate)}`, { accept: [404], signal })
  return status === 404 ? undefined : { id: candidate, name: candidate, nameServers }
}

interface Found {
  set: RecordSet
  ids: number[]
}

async function readName(http: HttpClient, zone: string, name: string, signal?: AbortSignal): Promise<Found[]> {
  const records = await listRecords(http, zone, name, signal)
  const here = records.filter((record) => fullName(shape.text(record, 'name'), zone) === name && record.type !== 'SOA')
  return [...Map.groupBy(here, (record) => shape.text(record, 'type'))].map(([type, group]) => {
    const sorted = group
      .map((record) => ({ record, value: textOf(type, record, zone) }))
      .sort((left, right) => (left.value < right.value ? -1 : 1))
    return {
      set: {
        name,
        type,
        ttl: Math.min(...group.map((record) => shape.number(record, 'ttl'))),
        values: sorted.map(({ value }) => value),
        native: sorted.map(({ record: { id: _, ...rest } }) => rest as { [key: string]: Json }),
      },
      ids: group.map((record) => shape.number(record, 'id')),
    }
  })
}

function listRecords(http: HttpClient, zone: string, name: string, signal?: AbortSignal): Promise<JsonObject[]> {
  const read = async (page = 1) => {
    const { body } = await http(recordsPath(zone), { query: { name, per_page: 200, page }, signal })
    const answer = shape.object(body, 'a JSON object')
    const pages = isObject(answer.links) && isObject(answer.links.pages) ? answer.links.pages : {}
    const items = shape.list(answer.domain_records, 'the list "domain_records"')
    return { items, next: typeof pages.next === 'string' ? page + 1 : undefined }
  }
  return readAllPages(read, { service: 'digitalocean', idOf: ({ id }) => id, signal })
}

function fullName(relative: string, zone: string): string {
  return canonicalName(relative === '@' ? zone : `${relative}.${zone}`)
}

// Names inside the data come without their final dot, and `@` stands for the zone.
const target = (data: string, zone: string) => withDot(data === '@' ? zone : data)
const pointing = new Set(['CNAME', 'NS', 'MX', 'SRV'])
// Written, every type whose data holds a name wants a final dot; CAA too, whose data is a name or nothing.
const dotted = new Set([...pointing, 'CAA'])

function textOf(type: string, record: JsonObject, zone: string): string {
  const data = shape.text(record, 'data')
  if (type === 'TXT') return quoteTxt(data)
  if (type === 'MX') return `${record.priority} ${target(data, zone)}`
  if (type === 'SRV') return `${record.priority} ${record.weight} ${record.port} ${target(data, zone)}`
  if (type === 'CAA') return `${record.flags} ${record.tag} "${data}"`
  return pointing.has(type) ? target(data, zone) : data
}

async function writeName(http: HttpClient, zone: string, change: NameChange, signal?: AbortSignal): Promise<void> {
  const { name, after } = change
  const live = await readName(http, zone, name, signal)
  requireUnchanged(
    'digitalocean',
    change,
    live.map(({ set }) => set),
  )
  for (const { set, ids } of live) {
    if (after.some((other) => matchesSet(other, set))) continue
    for (const id of ids) await http(`${recordsPath(zone)}/${id}`, { method: 'DELETE', signal })
  }
  for (const set of setsToAdd(change)) {
    for (const body of toRecords(set, zone)) await http(recordsPath(zone), { method: 'POST', body, signal })
  }
}

function toRecords(set: RecordSet, zone: string): JsonObject[] {
  if (!Array.isArray(set.native)) {
    const name = relativeName(set.name, zone)
    const data = set.type === 'TXT' ? textsOf([set]) : set.values.map(withDot)
    return data.map((one) => ({ type: set.type, name, data: one, ttl: set.ttl }))
  }
  return (set.native as unknown[]).filter(isObject).map((record) => {
    const data = String(record.data)
    return dotted.has(set.type) && data !== '@' && data !== '' && !/[;:/ ]/.test(data)
      ? { ...record, data: withDot(data) }
      : record
  })
}
