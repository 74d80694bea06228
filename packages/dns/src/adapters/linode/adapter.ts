import { relativeName } from '../../engine/names.ts'
import type { DnsAdapter, HostedZone } from '../../engine/types.ts'
import { type LinodeConfig, linode } from '../../services/linode.ts'
import { canonicalName } from '../../wire/names.ts'
import { plainTxt, quoteTxt, withDot, withoutDot } from '../dotted.ts'
import { createHttp, type HttpClient, type Sleep } from '../http.ts'
import { readAllPages } from '../pager.ts'
import { recordService, type ServiceRecord } from '../record-service.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneReader } from '../small-zones.ts'
import { zoneWalk } from '../zone-walk.ts'

const shape = shapesOf('linode')
const defaultUrl = 'https://api.linode.com/v4'
/** The most of one page. */
const pageSize = 500
/** What a domain and its records have where neither says more, in seconds. */
const defaultTtl = 86_400
const nameServers = [1, 2, 3, 4, 5].map((number) => `ns${number}.linode.com`)

/** Linode's API v4 (Akamai Cloud). Filters travel in a header; a TTL that a creation did not keep is set once more. */
export function linodeAdapter(
  config: LinodeConfig,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined; clock?: (() => number) | undefined } = {},
): DnsAdapter {
  const baseUrl = config.baseUrl ?? defaultUrl
  const http = createHttp({
    service: 'linode',
    label: 'Linode',
    baseUrl,
    fetch: context.fetch,
    sleep: context.sleep,
    clock: context.clock,
    timeout: config.timeout,
    authorise: () => ({ authorization: `Bearer ${config.token}` }),
    describeError: (body) => reasonsIn(body).join('; ') || undefined,
    classify: (status, body) =>
      status === 400 && /record conflict/i.test(reasonsIn(body).join(' ')) ? 'changed' : undefined,
  })
  /** TTLs of domains, which count for the records that have none of their own. */
  const ttls = new Map<string, number>()
  const list = async (
    path: string,
    filter: JsonObject | undefined,
    page: number,
    signal: AbortSignal | undefined,
  ): Promise<{ items: JsonObject[]; pages: number }> => {
    const headers = filter ? { 'x-filter': JSON.stringify(filter) } : {}
    const { body } = await http(path, { query: { page, page_size: pageSize }, headers, signal })
    const answer = shape.object(body, 'a JSON object')
    return { items: shape.list(answer.data, 'the list "data"'), pages: Number(answer.pages ?? 1) }
  }
  const reader = zoneReader<JsonObject>({
    idOf: ({ id }) => id,
    async whole(zone, signal) {
      const { items, pages } = await list(recordsPath(zone), undefined, 1, signal)
      return pages <= 1 ? items : undefined
    },
    byName: (zone, name, signal) =>
      readAllPages(
        async (page: number = 1) => {
          const { items, pages } = await list(recordsPath(zone), { name: relative(name, zone) }, page, signal)
          return { items, next: page < pages ? page + 1 : undefined }
        },
        { service: 'linode', idOf: ({ id }) => id, signal },
      ),
  })
  return {
    service: 'linode',
    label: 'Linode',
    abilities: linode.abilities,
    identity: `the API at ${baseUrl}`,
    findZone: zoneWalk(async (candidate, signal) => {
      const { items } = await list('/domains', { domain: candidate }, 1, signal)
      const domain = items.find((item) => item.domain === candidate && item.type !== 'slave')
      if (!domain) return undefined
      const id = String(domain.id)
      ttls.set(id, Number(domain.ttl_sec) || defaultTtl)
      return { id, name: candidate, nameServers }
    }),
    ...recordService({
      service: 'linode',
      async list(zone, names, signal) {
        const zoneTtl = await ttlOf(http, zone, ttls, signal)
        return (await reader(zone, names, signal)).map((record) => toRecord(record, zone, zoneTtl))
      },
      bodyOf: (zone, { name, type, ttl, value }) => ({
        type,
        name: relative(name, zone),
        target: type === 'TXT' ? plainTxt(value) : withoutDot(value),
        ttl_sec: ttl,
      }),
      async create(zone, body, signal) {
        const { body: made } = await http(recordsPath(zone), { method: 'POST', body, signal })
        const record = shape.object(made, 'a JSON object')
        if (record.ttl_sec === body.ttl_sec) return
        await http(`${recordsPath(zone)}/${String(record.id)}`, { method: 'PUT', body, signal })
      },
      async update(zone, id, body, signal) {
        await http(`${recordsPath(zone)}/${id}`, { method: 'PUT', body, signal })
      },
      async remove(zone, { id }, signal) {
        await http(`${recordsPath(zone)}/${id}`, { method: 'DELETE', signal })
      },
    }),
  }
}

const recordsPath = (zone: HostedZone) => `/domains/${encodeURIComponent(zone.id)}/records`

const relative = (name: string, zone: HostedZone) => relativeName(name, zone.name).replace(/^@$/, '')

async function ttlOf(
  http: HttpClient,
  zone: HostedZone,
  ttls: Map<string, number>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const known = ttls.get(zone.id)
  if (known !== undefined) return known
  const { body } = await http(`/domains/${encodeURIComponent(zone.id)}`, { signal })
  const ttl = Number(shape.object(body, 'a JSON object').ttl_sec) || defaultTtl
  ttls.set(zone.id, ttl)
  return ttl
}

function reasonsIn(body: unknown): string[] {
  const errors = isObject(body) && Array.isArray(body.errors) ? body.errors.filter(isObject) : []
  return errors.map(({ field, reason }) => `${field ? `${String(field)}: ` : ''}${String(reason)}`)
}

// What a record is made of; the rest is set by the service.
const kept = ['type', 'name', 'target', 'priority', 'weight', 'port', 'service', 'protocol', 'tag', 'ttl_sec']

function toRecord(record: JsonObject, zone: HostedZone, zoneTtl: number): ServiceRecord {
  const name = shape.text(record, 'name')
  const type = shape.text(record, 'type')
  return {
    id: shape.number(record, 'id'),
    name: canonicalName(name === '' ? zone.name : `${name}.${zone.name}`),
    type,
    ttl: Number(record.ttl_sec) || zoneTtl,
    value: textOf(type, record),
    native: Object.fromEntries(kept.flatMap((field) => (record[field] == null ? [] : [[field, record[field]]]))),
  }
}

/** Targets are absolute and come without their final dot; an empty one is the root. */
function textOf(type: string, record: JsonObject): string {
  const target = shape.text(record, 'target')
  if (type === 'TXT') return quoteTxt(target)
  if (type === 'CAA') return `0 ${String(record.tag)} "${target}"`
  if (type === 'MX') return `${String(record.priority)} ${withDot(target)}`
  if (type === 'SRV') return [record.priority, record.weight, record.port, withDot(target)].map(String).join(' ')
  return type === 'CNAME' || type === 'NS' || type === 'PTR' ? withDot(target) : target
}
