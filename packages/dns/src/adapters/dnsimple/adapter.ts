import { DnsServiceError } from '../../engine/errors.ts'
import { relativeName } from '../../engine/names.ts'
import type { DnsAdapter, HostedZone } from '../../engine/types.ts'
import { type DnsimpleConfig, dnsimple } from '../../services/dnsimple.ts'
import { canonicalName } from '../../wire/names.ts'
import { quoteTxt, withDot, withoutDot } from '../dotted.ts'
import { createHttp, type HttpClient, type Sleep } from '../http.ts'
import { readAllPages } from '../pager.ts'
import { recordService, type ServiceRecord } from '../record-service.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneReader } from '../small-zones.ts'
import { untilSeconds } from '../until-seconds.ts'
import { zoneWalk } from '../zone-walk.ts'

const shape = shapesOf('dnsimple')
const defaultUrl = 'https://api.dnsimple.com'
/** The most of one page. */
const pageSize = 100
const nameServers = ['ns1.dnsimple.com', 'ns2.dnsimple-edge.net', 'ns3.dnsimple.com', 'ns4.dnsimple-edge.org']

/** DNSimple's API v2. Its atomic batch is for one plan of theirs only, so records are exchanged one by one. */
export function dnsimpleAdapter(
  config: DnsimpleConfig,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined; clock?: (() => number) | undefined } = {},
): DnsAdapter {
  const baseUrl = config.baseUrl ?? defaultUrl
  const http = createHttp({
    service: 'dnsimple',
    label: 'DNSimple',
    baseUrl: `${baseUrl}/v2`,
    fetch: context.fetch,
    sleep: context.sleep,
    clock: context.clock,
    timeout: config.timeout,
    authorise: () => ({ authorization: `Bearer ${config.token}` }),
    describeError: (body) => wordsIn(body).join(': ') || undefined,
    classify(status, body) {
      // 412 is about the customer's plan, not about the zone.
      if (status === 412) return 'refused'
      const taken = /CNAME (record )?exists|already exists|where a .* exists/i
      return status === 400 && taken.test(wordsIn(body).join(' ')) ? 'changed' : undefined
    },
    waitOf: (_, headers, now) => untilSeconds(headers.get('x-ratelimit-reset'), now),
  })
  const account = accountOf(http, config)
  const list = async (
    zone: HostedZone,
    query: { [name: string]: string | number },
    signal: AbortSignal | undefined,
  ) => {
    const path = `${await recordsPath(zone, signal)}`
    const { body } = await http(path, { query: { ...query, per_page: pageSize }, signal })
    const answer = shape.object(body, 'a JSON object')
    const pages = isObject(answer.pagination) ? Number(answer.pagination.total_pages) : 1
    return { items: shape.list(answer.data, 'the list "data"'), pages }
  }
  const recordsPath = async (zone: HostedZone, signal: AbortSignal | undefined) =>
    `/${await account(signal)}/zones/${encodeURIComponent(zone.name)}/records`
  const reader = zoneReader<JsonObject>({
    idOf: ({ id }) => id,
    async whole(zone, signal) {
      const { items, pages } = await list(zone, { page: 1 }, signal)
      return pages <= 1 ? items : undefined
    },
    byName: (zone, name, signal) =>
      readAllPages(
        async (page: number = 1) => {
          const { items, pages } = await list(zone, { name: relative(name, zone), page }, signal)
          return { items, next: page < pages ? page + 1 : undefined }
        },
        { service: 'dnsimple', idOf: ({ id }) => id, signal },
      ),
  })
  return {
    service: 'dnsimple',
    label: 'DNSimple',
    abilities: dnsimple.abilities,
    identity: `the API at ${baseUrl}${config.account === undefined ? '' : `, account ${config.account}`}`,
    findZone: zoneWalk(async (candidate, signal) => {
      const path = `/${await account(signal)}/zones/${encodeURIComponent(candidate)}`
      const { status, body } = await http(path, { accept: [404], signal })
      if (status === 404) return undefined
      const zone = shape.object(shape.object(body, 'a JSON object').data, 'the zone')
      if (zone.secondary === true) return undefined
      return { id: String(zone.id), name: candidate, nameServers }
    }),
    ...recordService({
      service: 'dnsimple',
      async list(zone, names, signal) {
        const records = await reader(zone, names, signal)
        // What belongs to an ALIAS stands beside it as a TXT of the service's own.
        return records.filter(({ parent_id }) => parent_id == null).map((record) => toRecord(record, zone))
      },
      bodyOf: (zone, { name, type, ttl, value }) => ({
        type,
        name: relative(name, zone),
        content: type === 'TXT' ? value : withoutDot(value),
        ttl,
      }),
      async create(zone, body, signal) {
        await http(await recordsPath(zone, signal), { method: 'POST', body, signal })
      },
      async update(zone, id, { type: _, ...body }, signal) {
        await http(`${await recordsPath(zone, signal)}/${id}`, { method: 'PATCH', body, signal })
      },
      async remove(zone, { id }, signal) {
        await http(`${await recordsPath(zone, signal)}/${id}`, { method: 'DELETE', signal })
      },
    }),
  }
}

const relative = (name: string, zone: HostedZone) => relativeName(name, zone.name).replace(/^@$/, '')

/** The account that the token belongs to, asked once. The token of a user reaches several, and is refused. */
function accountOf(http: HttpClient, config: DnsimpleConfig): (signal: AbortSignal | undefined) => Promise<string> {
  let known = config.account
  return async (signal) => {
    if (known !== undefined) return known
    const { body } = await http('/whoami', { signal })
    const { account } = shape.object(shape.object(body, 'a JSON object').data, 'the account')
    if (!isObject(account)) {
      throw new DnsServiceError({
        service: 'dnsimple',
        kind: 'configuration',
        message: 'The token belongs to a user of DNSimple, not to an account.',
        fix: 'Create an account token, or set account (DNSIMPLE_ACCOUNT) to the number of the account.',
      })
    }
    known = String(account.id)
    return known
  }
}

/** `{ message, errors: { field: [reasons] } }`. */
function wordsIn(body: unknown): string[] {
  if (!isObject(body)) return []
  const errors = isObject(body.errors) ? Object.entries(body.errors) : []
  const reasons = errors.flatMap(([field, list]) =>
    shape.texts(list).map((reason) => (field === 'base' ? reason : `${field} ${reason}`)),
  )
  return [
    ...(typeof body.message === 'string' ? [body.message] : []),
    ...(reasons.length > 0 ? [reasons.join('; ')] : []),
  ]
}

function toRecord(record: JsonObject, zone: HostedZone): ServiceRecord {
  const name = shape.text(record, 'name')
  const type = shape.text(record, 'type')
  const content = shape.text(record, 'content')
  const ttl = shape.number(record, 'ttl')
  const regions = shape.texts(record.regions)
  const everywhere = regions.length === 0 || (regions.length === 1 && regions[0] === 'global')
  const full = canonicalName(name === '' ? zone.name : `${name}.${zone.name}`)
  return {
    id: shape.number(record, 'id'),
    name: full,
    type,
    ttl,
    value: textOf(type, content, record.priority),
    native: {
      type,
      name,
      content,
      ttl,
      ...(record.priority == null ? {} : { priority: record.priority }),
      ...(everywhere ? {} : { regions }),
    },
    special: !everywhere,
    ...(record.system_record === true && type !== 'NS'
      ? {
          obstacle: {
            message: `the ${type} record is kept by DNSimple itself.`,
            fix: 'Turn off the service that keeps it in the DNSimple console.',
          },
        }
      : {}),
  }
}

function textOf(type: string, content: string, priority: unknown): string {
  if (type === 'TXT') return quoteTxt(content)
  if (type === 'MX') return `${String(priority ?? 0)} ${withDot(content)}`
  if (type === 'SRV') return `${String(priority ?? 0)} ${withDot(content)}`
  return ['CNAME', 'NS', 'PTR', 'ALIAS'].includes(type) ? withDot(content) : content
}
