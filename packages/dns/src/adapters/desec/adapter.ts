import type { DnsServiceErrorKind } from '../../engine/errors.ts'
import { relativeName } from '../../engine/names.ts'
import type { DnsAdapter, HostedZone, NameChange, RecordSet } from '../../engine/types.ts'
import { type DesecConfig, desec } from '../../services/desec.ts'
import { canonicalName } from '../../wire/names.ts'
import { requireUnchanged, setsToAdd } from '../compare-before-write.ts'
import { withDot } from '../dotted.ts'
import { createHttp, type HttpClient, type Sleep } from '../http.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneReader } from '../small-zones.ts'

const shape = shapesOf('desec')

/**
 * deSEC's API v1. A list of record sets is written all or none, and an empty one deletes its set, so everything of several
 * names is exchanged in one request. Paths end in a slash: the service redirects others, and redirects are refused.
 */
export function desecAdapter(
  config: DesecConfig,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined; clock?: (() => number) | undefined } = {},
): DnsAdapter {
  const http = createHttp({
    service: 'desec',
    label: 'deSEC',
    baseUrl: config.baseUrl ?? 'https://desec.io/api/v1',
    fetch: context.fetch,
    sleep: context.sleep,
    clock: context.clock,
    timeout: config.timeout,
    authorise: () => ({ authorization: `Token ${config.token}` }),
    describeError: (body) => wordsIn(body).join('; ') || undefined,
    classify: (status, body) => (status === 400 ? conflictIn(body) : undefined),
  })
  const readNames = reader(http)
  return {
    service: 'desec',
    label: 'deSEC',
    abilities: desec.abilities,
    identity: `the API at ${config.baseUrl ?? 'https://desec.io/api/v1'}`,
    async findZone(name, { signal } = {}) {
      const { body } = await http('/domains/', { query: { owns_qname: canonicalName(name) }, signal })
      const [domain] = shape.list(body, 'a list of domains')
      if (!domain) return undefined
      const zone = canonicalName(shape.text(domain, 'name'))
      const minimumTtl = domain.minimum_ttl === undefined ? {} : { minimumTtl: shape.number(domain, 'minimum_ttl') }
      const origin =
        typeof domain.created === 'string' ? { origin: { mark: `the creation date ${domain.created}` } } : {}
      return { id: zone, name: zone, ...origin, nameServers: ['ns1.desec.io', 'ns2.desec.org'], ...minimumTtl }
    },
    read: (zone, names, { signal } = {}) => readNames(zone, names, signal),
    async write(zone, changes, { signal } = {}) {
      const live = Map.groupBy(
        await readNames(
          zone,
          changes.map(({ name }) => name),
          signal,
        ),
        (set) => set.name,
      )
      for (const change of changes) requireUnchanged('desec', change, live.get(change.name) ?? [])
      const body = changes.flatMap((change) => toRrsets(change, zone))
      if (body.length === 0) return
      // POST takes new sets only, so nothing that came in between is overwritten.
      const method = changes.every(({ before }) => before.length === 0) ? 'POST' : 'PATCH'
      await http(setsPath(zone), { method, body, signal })
    },
  }
}

const setsPath = (zone: HostedZone) => `/domains/${encodeURIComponent(zone.name)}/rrsets/`

/** A zone of up to 500 record sets comes in one answer. */
function reader(http: HttpClient) {
  const read = zoneReader<JsonObject>({
    idOf: ({ name, type }) => `${String(name)} ${String(type)}`,
    async whole(zone, signal) {
      // 400 with a Link header: more than one page, which starts with a cursor.
      const { status, body } = await http(setsPath(zone), { accept: [400], signal })
      return status === 200 ? shape.list(body, 'a list of record sets') : undefined
    },
    async byName(zone, name, signal) {
      const subname = relativeName(name, zone.name)
      const query = { subname: subname === '@' ? '' : subname }
      return shape.list((await http(setsPath(zone), { query, signal })).body, 'a list of record sets')
    },
  })
  return async (zone: HostedZone, names: readonly string[], signal?: AbortSignal): Promise<RecordSet[]> => {
    const wanted = new Set(names)
    const sets = (await read(zone, names, signal)).map((rrset) => toSet(rrset, zone))
    return sets.filter((set) => wanted.has(set.name) && set.type !== 'SOA')
  }
}

function toSet(rrset: JsonObject, zone: HostedZone): RecordSet {
  const subname = shape.text(rrset, 'subname')
  return {
    name: canonicalName(subname === '' ? zone.name : `${subname}.${zone.name}`),
    type: shape.text(rrset, 'type'),
    ttl: shape.number(rrset, 'ttl'),
    values: shape.texts(rrset.records),
  }
}

function toRrsets(change: NameChange, zone: HostedZone): JsonObject[] {
  const relative = relativeName(change.name, zone.name)
  const subname = relative === '@' ? '' : relative
  const goes = change.before.filter((set) => !change.after.some((other) => other.type === set.type))
  return [
    ...goes.map(({ type }) => ({ subname, type, records: [] })),
    ...setsToAdd(change).map(({ type, ttl, values }) => ({
      subname,
      type,
      ttl,
      records: type === 'CNAME' ? values.map(withDot) : values,
    })),
  ]
}

/** Every text of an error: `{ detail }`, or for a list one object for each set, `{}` where it is fine. */
function wordsIn(body: unknown): string[] {
  if (typeof body === 'string') return [body]
  if (Array.isArray(body)) return [...new Set(body.flatMap(wordsIn))]
  return isObject(body) ? Object.values(body).flatMap(wordsIn) : []
}

function conflictIn(body: unknown): DnsServiceErrorKind | undefined {
  return /conflicting type|same subdomain and type exists/i.test(wordsIn(body).join(' ')) ? 'changed' : undefined
}
