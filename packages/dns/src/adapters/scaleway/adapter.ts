import { relativeName } from '../../engine/names.ts'
import { matchesSet } from '../../engine/record-sets.ts'
import type { DnsAdapter, HostedZone, Json, NameChange, RecordSet } from '../../engine/types.ts'
import { type ScalewayConfig, scaleway } from '../../services/scaleway.ts'
import { canonicalName } from '../../wire/names.ts'
import { requireUnchanged, setsToAdd } from '../compare-before-write.ts'
import { absoluteValue, withDot } from '../dotted.ts'
import { createHttp, type HttpClient, type Sleep } from '../http.ts'
import { readAllPages } from '../pager.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneReader } from '../small-zones.ts'
import { zoneWalk } from '../zone-walk.ts'

const shape = shapesOf('scaleway')
const defaultUrl = 'https://api.scaleway.com/domain/v2beta1'
const pageSize = 100

/**
 * Scaleway's Domains and DNS API v2beta1. One request deletes records by their ids and adds others, for several names. It
 * would create a zone that is not there, and is told not to.
 */
export function scalewayAdapter(
  config: ScalewayConfig,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined; clock?: (() => number) | undefined } = {},
): DnsAdapter {
  const baseUrl = config.baseUrl ?? defaultUrl
  const http = createHttp({
    service: 'scaleway',
    label: 'Scaleway',
    baseUrl,
    fetch: context.fetch,
    sleep: context.sleep,
    clock: context.clock,
    timeout: config.timeout,
    authorise: () => ({ 'x-auth-token': config.secretKey }),
    describeError: (body) => wordsIn(body) || undefined,
  })
  const readNames = reader(http)
  return {
    service: 'scaleway',
    label: 'Scaleway',
    abilities: scaleway.abilities,
    identity: `the API at ${baseUrl}${config.projectId === undefined ? '' : `, project ${config.projectId}`}`,
    findZone: zoneWalk(async (candidate, signal) => {
      const query = { dns_zone: candidate, project_id: config.projectId, page_size: pageSize }
      const { body } = await http('/dns-zones', { query, signal })
      const zones = shape.list(shape.object(body, 'a JSON object').dns_zones, 'the list "dns_zones"')
      const zone = zones.find((one) => fullName(shape.text(one, 'subdomain'), shape.text(one, 'domain')) === candidate)
      if (!zone) return undefined
      const nameServers = shape.texts(zone.ns).map(canonicalName)
      return { id: candidate, name: candidate, ...(nameServers.length > 0 ? { nameServers } : {}) }
    }),
    async read(zone, names, { signal } = {}) {
      return (await readNames(zone, names, signal)).map(({ set }) => set)
    },
    async write(zone, changes, { signal } = {}) {
      const names = changes.map(({ name }) => name)
      const live = Map.groupBy(await readNames(zone, names, signal), ({ set }) => set.name)
      const parts = changes.map((change) => toChanges(change, live.get(change.name) ?? [], zone))
      const deletes = parts.flatMap((part) => part.deletes).map((id) => ({ delete: { id } }))
      const records = parts.flatMap((part) => part.records)
      const list = [...deletes, ...(records.length > 0 ? [{ add: { records } }] : [])]
      if (list.length === 0) return
      const body = { changes: list, disallow_new_zone_creation: true, return_all_records: false }
      await http(recordsPath(zone), { method: 'PATCH', body, signal })
    },
  }
}

const recordsPath = (zone: HostedZone) => `/dns-zones/${encodeURIComponent(zone.name)}/records`
const fullName = (relative: string, zone: string) => canonicalName(relative === '' ? zone : `${relative}.${zone}`)
const relative = (name: string, zone: HostedZone) => relativeName(name, zone.name).replace(/^@$/, '')

interface Found {
  set: RecordSet
  ids: string[]
}

function reader(http: HttpClient) {
  const list = async (
    zone: HostedZone,
    query: { [name: string]: string | number },
    signal: AbortSignal | undefined,
  ) => {
    const { body } = await http(recordsPath(zone), { query: { ...query, page_size: pageSize }, signal })
    const answer = shape.object(body, 'a JSON object')
    return { items: shape.list(answer.records, 'the list "records"'), total: shape.number(answer, 'total_count') }
  }
  const read = zoneReader<JsonObject>({
    idOf: ({ id }) => id,
    async whole(zone, signal) {
      const { items, total } = await list(zone, { page: 1 }, signal)
      return items.length >= total ? items : undefined
    },
    byName: (zone, name, signal) => {
      let seen = 0
      return readAllPages(
        async (page: number = 1) => {
          const { items, total } = await list(zone, { name: relative(name, zone), page }, signal)
          seen += items.length
          return { items, next: items.length > 0 && seen < total ? page + 1 : undefined }
        },
        { service: 'scaleway', idOf: ({ id }) => id, signal },
      )
    },
  })
  return async (zone: HostedZone, names: readonly string[], signal?: AbortSignal): Promise<Found[]> => {
    const wanted = new Set(names)
    const records = (await read(zone, names, signal)).filter(
      (record) => wanted.has(fullName(shape.text(record, 'name'), zone.name)) && record.type !== 'SOA',
    )
    const groups = Map.groupBy(records, (record) => `${String(record.name)} ${String(record.type)}`)
    return [...groups.values()].map((group) => toFound(group, zone))
  }
}

function toFound(group: readonly JsonObject[], zone: HostedZone): Found {
  const sorted = [...group].sort((left, right) => (shape.text(left, 'data') < shape.text(right, 'data') ? -1 : 1))
  const [first] = sorted as [JsonObject]
  const type = shape.text(first, 'type')
  const set: RecordSet = {
    name: fullName(shape.text(first, 'name'), zone.name),
    type,
    ttl: Math.min(...group.map((record) => shape.number(record, 'ttl'))),
    values: sorted.map((record) => absoluteValue(type, shape.text(record, 'data'), zone.name)),
    native: sorted.map(kept),
  }
  return { set, ids: group.map((record) => shape.text(record, 'id')) }
}

/** What a record is made of: geographical, weighted and health-checked answers too. */
function kept({ id: _, ...record }: JsonObject): Json {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null)) as Json
}

function toChanges(
  change: NameChange,
  live: readonly Found[],
  zone: HostedZone,
): { deletes: string[]; records: JsonObject[] } {
  requireUnchanged(
    'scaleway',
    change,
    live.map(({ set }) => set),
  )
  const goes = live.filter(({ set }) => !change.after.some((other) => matchesSet(other, set)))
  const records = setsToAdd(change).flatMap((set): JsonObject[] => {
    if (Array.isArray(set.native)) return (set.native as unknown[]).filter(isObject)
    return set.values.map((value) => ({
      name: relative(set.name, zone),
      type: set.type,
      ttl: set.ttl,
      data: set.type === 'TXT' ? value : withDot(value),
    }))
  })
  return { deletes: goes.flatMap(({ ids }) => ids), records }
}

/** `{ message, type, details: [{ argument_name, help_message, reason }] }`. */
function wordsIn(body: unknown): string {
  if (!isObject(body)) return ''
  const details = Array.isArray(body.details) ? body.details.filter(isObject) : []
  const reasons = details.map(({ argument_name, help_message, reason }) =>
    [argument_name, help_message ?? reason].filter((word) => typeof word === 'string').join(': '),
  )
  return [body.message, ...reasons].filter((word) => typeof word === 'string' && word !== '').join('; ')
}
