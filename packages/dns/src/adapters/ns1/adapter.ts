import { mapLimited } from '@dmarc-as-code/primitives'
import { DnsServiceError } from '../../engine/errors.ts'
import { matchesSet } from '../../engine/record-sets.ts'
import type { DnsAdapter, HostedZone, Json, NameChange, RecordSet } from '../../engine/types.ts'
import { type Ns1Config, ns1 } from '../../services/ns1.ts'
import { canonicalName } from '../../wire/names.ts'
import { requireUnchanged, setsToAdd } from '../compare-before-write.ts'
import { plainTxt, quoteTxt, withDot, withoutDot } from '../dotted.ts'
import { createHttp, type HttpClient, type Sleep } from '../http.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneWalk } from '../zone-walk.ts'

const shape = shapesOf('ns1')
const defaultUrl = 'https://api.nsone.net/v1'
/** The zone's list shows them in signed zones; they cannot be asked for. */
const generated = new Set(['SOA', 'DNSKEY', 'RRSIG', 'NSEC', 'NSEC3', 'NSEC3PARAM', 'CDS', 'CDNSKEY'])

/**
 * NS1 Connect's API v1. `PUT` creates and fails where a set stands already, `POST` changes. Filters, metadata and regions
 * of a set come back with it. Netlify's zones are served by NS1 and cannot be reached with its API.
 */
export function ns1Adapter(
  config: Ns1Config,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined; clock?: (() => number) | undefined } = {},
): DnsAdapter {
  const baseUrl = config.baseUrl ?? defaultUrl
  const http = createHttp({
    service: 'ns1',
    label: 'NS1',
    baseUrl,
    fetch: context.fetch,
    sleep: context.sleep,
    clock: context.clock,
    timeout: config.timeout,
    authorise: () => ({ 'x-nsone-key': config.apiKey }),
    describeError: (body) => (isObject(body) && typeof body.message === 'string' ? body.message : undefined),
    classify: (status, body) =>
      status === 400 && isObject(body) && /already exists/i.test(String(body.message)) ? 'changed' : undefined,
    waitOf: (status, headers) => (status === 429 ? turnOf(headers) : undefined),
  })
  return {
    service: 'ns1',
    label: 'NS1',
    abilities: ns1.abilities,
    identity: `the API at ${baseUrl}`,
    findZone: zoneWalk(async (candidate, signal) => {
      const path = `/zones/${encodeURIComponent(candidate)}`
      const { status, body } = await http(path, { query: { records: 'false' }, accept: [404], signal })
      if (status === 404) return undefined
      const zone = shape.object(body, 'a JSON object')
      const secondary = isObject(zone.secondary) && zone.secondary.enabled === true
      // A linked zone shows the records of another one.
      if (secondary || (typeof zone.link === 'string' && zone.link !== '')) return undefined
      const nameServers = shape.texts(zone.dns_servers).map(canonicalName)
      const origin = typeof zone.id === 'string' ? { origin: { mark: `the id ${zone.id}` } } : {}
      return { id: candidate, name: candidate, ...origin, ...(nameServers.length > 0 ? { nameServers } : {}) }
    }),
    read: (zone, names, { signal } = {}) => readNames(http, zone, names, signal),
    async write(zone, changes, { signal } = {}) {
      for (const change of changes) {
        requireUnchanged('ns1', change, await readNames(http, zone, [change.name], signal))
        await writeName(http, zone, change, signal)
      }
    },
  }
}

/** A bucket of so many requests in so many seconds fills steadily: the time until there is one more. */
function turnOf(headers: Headers): number | undefined {
  const limit = Number(headers.get('x-ratelimit-limit') ?? Number.NaN)
  const period = Number(headers.get('x-ratelimit-period') ?? Number.NaN)
  return limit > 0 && period > 0 ? Math.ceil((period * 1000) / limit) : undefined
}

const setPath = (zone: HostedZone, name: string, type: string) =>
  `/zones/${encodeURIComponent(zone.name)}/${encodeURIComponent(name)}/${encodeURIComponent(type)}`

/** The zone's list tells which types stand at a name, in one answer; each of these sets is read for all it holds. */
async function readNames(
  http: HttpClient,
  zone: HostedZone,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<RecordSet[]> {
  const wanted = new Set(names)
  const { body } = await http(`/zones/${encodeURIComponent(zone.name)}`, { signal })
  const here = shape
    .list(shape.object(body, 'a JSON object').records ?? [], 'the list "records"')
    .filter((record) => wanted.has(canonicalName(shape.text(record, 'domain'))))
    .filter((record) => !generated.has(shape.text(record, 'type')))
  const sets = await mapLimited(here, 4, async (record) => {
    const path = setPath(zone, shape.text(record, 'domain'), shape.text(record, 'type'))
    const answer = await http(path, { accept: [404], signal })
    return answer.status === 404 ? [] : [toSet(shape.object(answer.body, 'a JSON object'))]
  })
  return sets.flat()
}

// Set by the service, and no part of what a set is.
const notKept = new Set([
  'id',
  'zone',
  'tier',
  'network_pools',
  'customer',
  'feeds',
  'networks',
  'created_at',
  'updated_at',
])

function toSet(record: JsonObject): RecordSet {
  const type = shape.text(record, 'type')
  const answers = shape.list(record.answers ?? [], 'the list "answers"').map((answer) => ({ ...answer }))
  for (const answer of answers) delete answer.id
  const values = answers.map(({ answer }) => textOf(type, Array.isArray(answer) ? answer : []))
  const native = Object.fromEntries(Object.entries(record).filter(([field]) => !notKept.has(field)))
  return {
    name: canonicalName(shape.text(record, 'domain')),
    type,
    ttl: shape.number(record, 'ttl'),
    values,
    native: { ...native, answers } as { [key: string]: Json },
  }
}

function textOf(type: string, answer: readonly unknown[]): string {
  const fields = answer.map(String)
  if (type === 'TXT') return quoteTxt(fields.join(''))
  if (type === 'CAA') return `${fields[0]} ${fields[1]} "${fields.slice(2).join(' ')}"`
  const target = fields.at(-1)
  if (target === undefined || !named.has(type)) return fields.join(' ')
  return [...fields.slice(0, -1), withDot(target)].join(' ')
}

const named = new Set(['ALIAS', 'CNAME', 'DNAME', 'MX', 'NS', 'PTR', 'SRV'])

async function writeName(http: HttpClient, zone: HostedZone, change: NameChange, signal?: AbortSignal): Promise<void> {
  const comes = setsToAdd(change)
  const goes = change.before.filter((set) => !change.after.some((other) => matchesSet(other, set)))
  const blocked = goes.find(({ type, native }) => type === 'REDIRECT' || (isObject(native) && Boolean(native.link)))
  if (blocked) {
    throw new DnsServiceError({
      service: 'ns1',
      kind: 'refused',
      message: `${blocked.name}: the ${blocked.type} record is a redirect or a link to another record.`,
      fix: 'Remove it in the NS1 portal, and plan again.',
    })
  }
  const send = (method: 'PUT' | 'POST' | 'DELETE', { name, type }: RecordSet, body?: JsonObject) =>
    http(setPath(zone, name, type), { method, ...(body ? { body } : {}), signal })
  for (const set of goes) if (!comes.some(({ type }) => type === set.type)) await send('DELETE', set)
  for (const set of comes) {
    const stays = goes.some(({ type }) => type === set.type)
    await send(stays ? 'POST' : 'PUT', set, bodyOf(set, zone))
  }
}

function bodyOf({ name, type, ttl, values, native }: RecordSet, zone: HostedZone): JsonObject {
  const plain = {
    answers: values.map((value) => ({ answer: [type === 'TXT' ? plainTxt(value) : withoutDot(value)] })),
    filters: [],
    regions: {},
    meta: {},
  }
  return { ...(isObject(native) ? native : plain), zone: zone.name, domain: name, type, ttl }
}
