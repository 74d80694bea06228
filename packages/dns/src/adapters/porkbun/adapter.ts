import type { DnsServiceErrorKind } from '../../engine/errors.ts'
import { relativeName } from '../../engine/names.ts'
import type { DnsAdapter, HostedZone } from '../../engine/types.ts'
import { type PorkbunConfig, porkbun } from '../../services/porkbun.ts'
import { canonicalName } from '../../wire/names.ts'
import { plainTxt, quoteTxt, withDot, withoutDot } from '../dotted.ts'
import { createHttp, type Sleep } from '../http.ts'
import { readAllPages } from '../pager.ts'
import { recordService, type ServiceRecord } from '../record-service.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneList } from '../zone-list.ts'

const shape = shapesOf('porkbun')
const defaultUrl = 'https://api.porkbun.com/api/json/v3'
const nameServers = ['curitiba', 'fortaleza', 'maceio', 'salvador'].map((city) => `${city}.ns.porkbun.com`)
/** Domains in one answer. */
const pageSize = 1000

/**
 * Porkbun's API v3. Every request is a POST with the keys in its body, and an error may come with status 200. Who asks too
 * fast gets 503 with a page of HTML, and nothing is done then.
 */
export function porkbunAdapter(
  config: PorkbunConfig,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined; clock?: (() => number) | undefined } = {},
): DnsAdapter {
  const baseUrl = config.baseUrl ?? defaultUrl
  const { clock = Date.now } = context
  const http = createHttp({
    service: 'porkbun',
    label: 'Porkbun',
    baseUrl,
    fetch: context.fetch,
    sleep: context.sleep,
    clock,
    timeout: config.timeout,
    authorise: () => ({}),
    describeError: (body) => (isObject(body) && typeof body.message === 'string' ? body.message : undefined),
    failureIn: (body) => (isObject(body) && body.status === 'ERROR' ? (meaningOf(body) ?? 'refused') : undefined),
    classify: (status, body) => (status === 503 ? 'throttled' : meaningOf(body)),
    waitOf: (status) => (status === 503 ? 5000 : undefined),
  })
  const post = async (
    path: string,
    signal: AbortSignal | undefined,
    options: { body?: JsonObject; reads?: boolean } = {},
  ) => {
    const body = { ...options.body, apikey: config.apiKey, secretapikey: config.secretApiKey }
    const answer = await http(path, { method: 'POST', body, repeatable: options.reads === true, signal })
    return shape.object(answer.body, 'a JSON object')
  }
  return {
    service: 'porkbun',
    label: 'Porkbun',
    abilities: porkbun.abilities,
    identity: `the API at ${baseUrl}`,
    findZone: zoneList(async (signal) => {
      const domains = await readAllPages(
        async (start: number = 0) => {
          const answer = await post('/domain/listAll', signal, { body: { start: `${start}` }, reads: true })
          const items = shape.list(answer.domains, 'the list "domains"')
          return { items, next: items.length >= pageSize ? start + pageSize : undefined }
        },
        { service: 'porkbun', idOf: ({ domain }) => domain, signal },
      )
      return domains.map((domain) => {
        const name = canonicalName(shape.text(domain, 'domain'))
        return { id: name, name, nameServers }
      })
    }, clock),
    ...recordService({
      service: 'porkbun',
      async list(zone, _, signal) {
        const answer = await post(`/dns/retrieve/${encodeURIComponent(zone.name)}`, signal, { reads: true })
        return shape.list(answer.records, 'the list "records"').map((record) => toRecord(record, zone))
      },
      bodyOf: (zone, { name, type, ttl, value }) => ({
        name: relativeName(name, zone.name).replace(/^@$/, ''),
        type,
        content: type === 'TXT' ? plainTxt(value) : withoutDot(value),
        ttl: `${ttl}`,
      }),
      async create(zone, body, signal) {
        await post(`/dns/create/${encodeURIComponent(zone.name)}`, signal, { body })
      },
      async update(zone, id, body, signal) {
        await post(`/dns/edit/${encodeURIComponent(zone.name)}/${id}`, signal, { body })
      },
      async remove(zone, { id }, signal) {
        await post(`/dns/delete/${encodeURIComponent(zone.name)}/${id}`, signal)
      },
    }),
  }
}

/** The services says what is wrong in words only. */
function meaningOf(body: unknown): DnsServiceErrorKind | undefined {
  const message = isObject(body) ? String(body.message ?? '') : ''
  if (/invalid api key/i.test(message)) return 'unauthorised'
  if (/opted in|api access/i.test(message)) return 'forbidden'
  return /invalid domain/i.test(message) ? 'not-found' : undefined
}

function toRecord(record: JsonObject, zone: HostedZone): ServiceRecord {
  const name = canonicalName(shape.text(record, 'name'))
  const type = shape.text(record, 'type')
  const content = shape.text(record, 'content')
  // Numbers come as text, or as numbers.
  const ttl = Number(record.ttl)
  const prio = Number(record.prio ?? 0)
  return {
    id: String(record.id),
    name,
    type,
    ttl,
    value: textOf(type, content, prio),
    native: {
      name: relativeName(name, zone.name).replace(/^@$/, ''),
      type,
      content,
      ttl: `${ttl}`,
      ...(prio === 0 ? {} : { prio: `${prio}` }),
      ...(record.notes ? { notes: record.notes } : {}),
    } as JsonObject,
    special: Boolean(record.notes),
    ...(isForward(type, content)
      ? {
          obstacle: {
            message: 'a URL forward of Porkbun answers there.',
            fix: 'Remove the forward in the Porkbun panel (URL Forwarding), and plan again.',
          },
        }
      : {}),
  }
}

const isForward = (type: string, content: string) =>
  (type === 'ALIAS' || type === 'CNAME') && /(^|\.)porkbun\.com\.?$/i.test(content)

function textOf(type: string, content: string, prio: number): string {
  if (type === 'TXT') return quoteTxt(content)
  if (type === 'MX' || type === 'SRV') return `${prio} ${withDot(content)}`
  return ['CNAME', 'NS', 'ALIAS'].includes(type) ? withDot(content) : content
}
