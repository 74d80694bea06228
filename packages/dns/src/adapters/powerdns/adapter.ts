import { createLimiter, mapLimited } from '@dmarc-as-code/primitives'
import { DnsServiceError } from '../../engine/errors.ts'
import { matchesAll } from '../../engine/record-sets.ts'
import type { DnsAdapter, HostedZone, Json, NameChange, RecordSet } from '../../engine/types.ts'
import { type PowerDnsConfig, powerdns } from '../../services/powerdns.ts'
import { canonicalName } from '../../wire/names.ts'
import { requireUnchanged, setsToAdd } from '../compare-before-write.ts'
import { createHttp, type HttpClient, pause, type Sleep } from '../http.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneWalk } from '../zone-walk.ts'

const shape = shapesOf('powerdns')

/** How often a write is tried, and the longest pause between tries. */
const maxTries = 10
const longestPause = 1_000

interface PowerDnsContext {
  fetch?: typeof fetch | undefined
  sleep?: Sleep | undefined
  /** From 0 to 1. Default `Math.random`. */
  random?: (() => number) | undefined
}

/**
 * The HTTP API of PowerDNS Authoritative (4.x, 5.x). One PATCH is one transaction of its back-end, and a back-end on SQLite
 * answers 500 to one that comes while another is under way. So writes go one by one, and one that fails because of
 * somebody else's is tried again once reading has shown that it had no effect.
 */
export function powerDnsAdapter(config: PowerDnsConfig, context: PowerDnsContext = {}): DnsAdapter {
  const { sleep = pause, random = Math.random } = context
  const queue = createLimiter(1)
  const http = createHttp({
    service: 'powerdns',
    label: 'PowerDNS',
    baseUrl: `${config.url}/api/v1/servers/${encodeURIComponent(config.serverId ?? 'localhost')}`,
    fetch: context.fetch,
    sleep: context.sleep,
    timeout: config.timeout,
    authorise: () => ({ 'x-api-key': config.apiKey }),
    describeError: (body) => (isObject(body) && typeof body.error === 'string' ? body.error : undefined),
  })
  return {
    service: 'powerdns',
    label: 'PowerDNS',
    abilities: powerdns.abilities,
    findZone: zoneWalk((candidate, signal) => lookUpZone(http, candidate, signal)),
    async read(zone, names, { signal } = {}) {
      const sets = await mapLimited(names, 4, (name) => readName(http, zone.id, name, signal))
      return sets.flat()
    },
    write: (zone, changes, { signal } = {}) =>
      queue(async () => {
        for (let attempt = 1; ; attempt++) {
          await mapLimited(changes, 4, (change) => requireBefore(http, zone.id, change, signal))
          try {
            await http(zonePath(zone.id), { method: 'PATCH', body: { rrsets: changes.flatMap(toRrsets) }, signal })
            return
          } catch (error) {
            if (attempt === maxTries || !(error instanceof DnsServiceError) || error.kind !== 'unavailable') throw error
            if (await isWritten(http, zone.id, changes, signal)) return
            await sleep(random() * Math.min(longestPause, 50 * 2 ** attempt), signal)
          }
        }
      }),
  }
}

// The API takes no conditions: reading once more leaves a gap of one request.
async function requireBefore(http: HttpClient, id: string, change: NameChange, signal?: AbortSignal): Promise<void> {
  requireUnchanged('powerdns', change, await readName(http, id, change.name, signal))
}

/** Whether the names hold what a write was to make of them. */
async function isWritten(http: HttpClient, id: string, changes: readonly NameChange[], signal?: AbortSignal) {
  const found = await mapLimited(changes, 4, ({ name }) => readName(http, id, name, signal))
  return changes.every(({ after }, index) => matchesAll(after, found[index] ?? []))
}

const zonePath = (id: string) => `/zones/${encodeURIComponent(id)}`
const replicas = new Set(['Slave', 'Secondary', 'Consumer'])

async function lookUpZone(http: HttpClient, candidate: string, signal?: AbortSignal): Promise<HostedZone | undefined> {
  const { body } = await http('/zones', { query: { zone: `${candidate}.`, dnssec: 'false' }, signal })
  // A replica's records come from elsewhere and cannot be changed here.
  const found = shape
    .list(body, 'a list of zones')
    .find((zone) => canonicalName(shape.text(zone, 'name')) === candidate && !replicas.has(String(zone.kind)))
  if (!found) return undefined
  const id = shape.text(found, 'id')
  const servers = (await readName(http, id, candidate, signal)).find((set) => set.type === 'NS')
  return { id, name: candidate, ...(servers ? { nameServers: servers.values.map(canonicalName) } : {}) }
}

async function readName(http: HttpClient, id: string, name: string, signal?: AbortSignal): Promise<RecordSet[]> {
  const { body } = await http(zonePath(id), { query: { rrset_name: `${name}.` }, signal })
  const rrsets = shape.list(shape.object(body, 'the zone').rrsets, 'the list "rrsets"')
  // Releases before 4.6 ignore the filter and send the whole zone.
  return rrsets.filter((rrset) => canonicalName(shape.text(rrset, 'name')) === name).map(toSet)
}

function toSet(rrset: JsonObject): RecordSet {
  const records = shape.list(rrset.records, 'the list "records"')
  return {
    name: canonicalName(shape.text(rrset, 'name')),
    type: shape.text(rrset, 'type'),
    ttl: shape.number(rrset, 'ttl'),
    values: records.map((record) => shape.text(record, 'content')),
    // Disabled records and comments go with the set, and come back with it.
    native: {
      disabled: records
        .filter((record) => record.disabled === true)
        .map((record) => shape.text(record, 'content'))
        .sort(),
      comments: (rrset.comments as Json | undefined) ?? [],
    },
  }
}

function toRrsets(change: NameChange): JsonObject[] {
  const { name, before, after } = change
  const goes = before.filter((set) => !after.some((other) => other.type === set.type))
  const comes = setsToAdd(change)
  return [
    ...goes.map((set) => ({ name: `${name}.`, type: set.type, changetype: 'DELETE' })),
    ...comes.map((set) => {
      const native = isObject(set.native) ? set.native : {}
      const disabled = shape.texts(native.disabled)
      return {
        name: `${name}.`,
        type: set.type,
        ttl: set.ttl,
        changetype: 'REPLACE',
        records: set.values.map((content) => ({ content, disabled: disabled.includes(content) })),
        comments: native.comments ?? [],
      }
    }),
  ]
}
