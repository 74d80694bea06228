import type { DnsAdapter, HostedZone } from '../../engine/types.ts'
import { type IonosConfig, ionos } from '../../services/ionos.ts'
import { canonicalName } from '../../wire/names.ts'
import { plainTxt, quoteTxt, withDot, withoutDot } from '../dotted.ts'
import { createHttp, type Sleep } from '../http.ts'
import { recordService, type ServiceRecord } from '../record-service.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneList } from '../zone-list.ts'

const shape = shapesOf('ionos')
const defaultUrl = 'https://api.hosting.ionos.com/dns/v1'

/**
 * The DNS API of IONOS Hosting. A zone comes whole, in one answer. `PUT /zones/{id}`, which replaces all of it, is never
 * sent. IONOS Cloud has another API.
 */
export function ionosAdapter(
  config: IonosConfig,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined; clock?: (() => number) | undefined } = {},
): DnsAdapter {
  const baseUrl = config.baseUrl ?? defaultUrl
  const { clock = Date.now } = context
  const http = createHttp({
    service: 'ionos',
    label: 'IONOS',
    baseUrl,
    fetch: context.fetch,
    sleep: context.sleep,
    clock,
    timeout: config.timeout,
    authorise: () => ({ 'x-api-key': config.apiKey }),
    describeError: (body) => errorsIn(body).join('; ') || undefined,
  })
  return {
    service: 'ionos',
    label: 'IONOS',
    abilities: ionos.abilities,
    identity: `the API at ${baseUrl}`,
    findZone: zoneList(async (signal) => {
      const { body } = await http('/zones', { signal })
      return shape
        .list(body, 'a list of zones')
        .filter(({ type }) => type !== 'SLAVE')
        .map((zone) => ({ id: shape.text(zone, 'id'), name: canonicalName(shape.text(zone, 'name')) }))
    }, clock),
    ...recordService({
      service: 'ionos',
      async list(zone, names, signal) {
        const query = names.length === 1 ? { recordName: names[0] } : {}
        const { body } = await http(zonePath(zone), { query, signal })
        return shape.list(shape.object(body, 'a JSON object').records ?? [], 'the list "records"').map(toRecord)
      },
      bodyOf: (_, { name, type, ttl, value }) => {
        const content = type === 'TXT' ? asSent(value) : withoutDot(value)
        return { name, type, content, ttl, prio: 0, disabled: false }
      },
      async create(zone, body, signal) {
        await http(`${zonePath(zone)}/records`, { method: 'POST', body: [body], signal })
      },
      async update(zone, id, { content, ttl, prio, disabled }, signal) {
        const body = { content, ttl, prio, disabled }
        await http(`${zonePath(zone)}/records/${encodeURIComponent(id)}`, { method: 'PUT', body, signal })
      },
      async remove(zone, { id }, signal) {
        await http(`${zonePath(zone)}/records/${encodeURIComponent(id)}`, { method: 'DELETE', signal })
      },
    }),
  }
}

const zonePath = (zone: HostedZone) => `/zones/${encodeURIComponent(zone.id)}`

/** `[{ code, message }]`, or one such object. */
function errorsIn(body: unknown): string[] {
  return (Array.isArray(body) ? body : [body]).filter(isObject).flatMap(({ code, message }) => {
    const words = typeof message === 'string' ? message : undefined
    if (typeof code !== 'string') return words ? [words] : []
    return [words ? `${words} (${code})` : code]
  })
}

const named = new Set(['CNAME', 'NS', 'PTR', 'MX', 'SRV'])

function toRecord(record: JsonObject): ServiceRecord {
  const name = shape.text(record, 'name')
  const type = shape.text(record, 'type')
  const content = shape.text(record, 'content')
  const ttl = shape.number(record, 'ttl')
  const prio = typeof record.prio === 'number' ? record.prio : 0
  const data = type === 'TXT' ? quoteTxt(content) : named.has(type) ? withDot(content) : content
  return {
    id: shape.text(record, 'id'),
    name: canonicalName(name),
    type,
    ttl,
    value: type === 'MX' || type === 'SRV' ? `${prio} ${data}` : data,
    // A text comes back quoted, and is taken without quotes where it is one string.
    native: {
      name,
      type,
      content: type === 'TXT' ? asSent(content) : content,
      ttl,
      prio,
      disabled: record.disabled === true,
    },
  }
}

const asSent = (content: string) => (/^"[^"\\]*"$/.test(content) ? plainTxt(content) : content)
