import { mapLimited } from '@dmarc-as-code/primitives'
import { relativeName } from '../../engine/names.ts'
import type { DnsAdapter, HostedZone } from '../../engine/types.ts'
import { type DigitalOceanConfig, digitalocean } from '../../services/digitalocean.ts'
import { canonicalName } from '../../wire/names.ts'
import { plainTxt, quoteTxt, withDot } from '../dotted.ts'
import { createHttp, type HttpClient, type Sleep } from '../http.ts'
import { readAllPages } from '../pager.ts'
import { recordService, type ServiceRecord } from '../record-service.ts'
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
    ...recordService({
      service: 'digitalocean',
      async list({ name: zone }, names, signal) {
        const found = await mapLimited(names, 4, (name) => listRecords(http, zone, name, signal))
        const byId = new Map(found.flat().map((record) => [record.id, record]))
        return [...byId.values()].map((record) => toRecord(record, zone))
      },
      bodyOf: ({ name: zone }, { name, type, ttl, value }) => ({
        type,
        name: relativeName(name, zone),
        data: type === 'TXT' ? plainTxt(value) : withDot(value),
        ttl,
      }),
      async create({ name: zone }, body, signal) {
        await http(recordsPath(zone), { method: 'POST', body: written(body), signal })
      },
      async update({ name: zone }, id, body, signal) {
        await http(`${recordsPath(zone)}/${id}`, { method: 'PUT', body: written(body), signal })
      },
      async remove({ name: zone }, { id }, signal) {
        await http(`${recordsPath(zone)}/${id}`, { method: 'DELETE', signal })
      },
    }),
  }
}

const recordsPath = (zone: string) => `/domains/${encodeURIComponent(zone)}/records`

async function lookUpZone(http: HttpClient, candidate: string, signal?: AbortSignal): Promise<HostedZone | undefined> {
  const { status } = await http(`/domains/${encodeURIComponent(candidate)}`, { accept: [404], signal })
  return status === 404 ? undefined : { id: candidate, name: candidate, nameServers }
}

function toRecord(found: JsonObject, zone: string): ServiceRecord {
  const { id: _, ...record } = found
  const type = shape.text(record, 'type')
  return {
    id: shape.number(found, 'id'),
    name: fullName(shape.text(record, 'name'), zone),
    type,
    ttl: shape.number(record, 'ttl'),
    value: textOf(type, record, zone),
    native: record,
  }
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

/** The data of a record as it is written: with the final dot that comes back without. */
function written(record: JsonObject): JsonObject {
  const data = String(record.data)
  return dotted.has(String(record.type)) && data !== '@' && data !== '' && !/[;:/ ]/.test(data)
    ? { ...record, data: withDot(data) }
    : record
}
