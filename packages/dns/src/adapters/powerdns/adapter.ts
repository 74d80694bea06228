import { createLimiter } from '@dmarc-as-code/primitives'
import { DnsServiceError } from '../../engine/errors.ts'
import { matchesAll } from '../../engine/record-sets.ts'
import type { DnsAdapter, HostedZone, Json, NameChange, RecordSet } from '../../engine/types.ts'
import { type PowerDnsConfig, powerdns } from '../../services/powerdns.ts'
import { canonicalName } from '../../wire/names.ts'
import { requireUnchanged, setsToAdd } from '../compare-before-write.ts'
import { createHttp, type HttpClient, pause, type Sleep } from '../http.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { originOf, soaFields } from '../soa.ts'
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
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: (() => number) | undefined
}

/**
 * The HTTP API of PowerDNS Authoritative (4.x, 5.x). One PATCH is one transaction of its back-end, and a back-end on SQLite
 * answers 500 to one that comes while another is under way. So writes go one by one, and one that fails because of
 * somebody else's is tried again once reading has shown that it had no effect.
 */
export function powerDnsAdapter(config: PowerDnsConfig, context: PowerDnsContext = {}): DnsAdapter {
  const { sleep = pause, random = Math.random, clock = Date.now } = context
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
    // "RRset a.test. IN CNAME: Conflicts with pre-existing RRset", with status 422: something came in between.
    classify: (status, body) =>
      status === 422 && isObject(body) && /conflicts with pre-existing/i.test(String(body.error))
        ? 'changed'
        : undefined,
  })
  return {
    service: 'powerdns',
    label: 'PowerDNS',
    abilities: powerdns.abilities,
    identity: `server ${config.serverId ?? 'localhost'} at ${config.url}`,
    findZone: zoneWalk((candidate, signal) => lookUpZone(http, candidate, clock, signal)),
    async read(zone, names, { signal } = {}) {
      const { sets } = await readZone(http, zone.id, signal)
      return sets.filter((set) => names.includes(set.name))
    },
    list: async (zone, { signal } = {}) => (await readZone(http, zone.id, signal)).sets,
    write: (zone, changes, { signal } = {}) =>
      queue(async () => {
        for (let attempt = 1; ; attempt++) {
          const live = await readZone(http, zone.id, signal)
          for (const change of changes) {
            // The API takes no conditions: reading once more leaves a gap of one request.
            requireUnchanged('powerdns', change, setsAt(live, change.name))
          }
          const rrsets = [...changes.flatMap(toRrsets), ...raisedSerial(live)]
          try {
            await http(zonePath(zone.id), { method: 'PATCH', body: { rrsets }, signal })
            if (live.needsRectifying) await http(`${zonePath(zone.id)}/rectify`, { method: 'PUT', signal })
            return
          } catch (error) {
            if (attempt === maxTries || !(error instanceof DnsServiceError) || error.kind !== 'unavailable') throw error
            const found = await readZone(http, zone.id, signal)
            if (changes.every(({ name, after }) => matchesAll(after, setsAt(found, name)))) return
            await sleep(random() * Math.min(longestPause, 50 * 2 ** attempt), signal)
          }
        }
      }),
  }
}

interface LiveZone {
  sets: RecordSet[]
  /** The SOA as the API has it, where a write has to raise its serial. */
  soa: JsonObject | undefined
  /** Whether a write must be followed by a rectification, or the proofs of what does not exist go wrong. */
  needsRectifying: boolean
}

const setsAt = ({ sets }: LiveZone, name: string) => sets.filter((set) => set.name === name)

/**
 * The whole zone. Asked for single names, the API leaves out disabled records (seen in 4.7), which a replacement of the
 * name would delete unseen.
 */
async function readZone(http: HttpClient, id: string, signal?: AbortSignal): Promise<LiveZone> {
  const { body } = await http(zonePath(id), { signal })
  const zone = shape.object(body, 'the zone')
  const rrsets = shape.list(zone.rrsets, 'the list "rrsets"')
  const raisesItself = typeof zone.soa_edit_api === 'string' && raisingKinds.has(zone.soa_edit_api.toUpperCase())
  return {
    sets: rrsets.map(toSet),
    soa: raisesItself ? undefined : rrsets.find((rrset) => rrset.type === 'SOA'),
    needsRectifying: zone.dnssec === true && zone.api_rectify !== true,
  }
}

/**
 * Values of SOA-EDIT-API by which the serial goes up with every change. SOA-EDIT does so only where that metadata is set and
 * the day has changed; OFF, NONE and what PowerDNS does not know keep the serial.
 */
const raisingKinds = new Set(['DEFAULT', 'INCREASE', 'EPOCH', 'SOA-EDIT-INCREASE'])

/**
 * Without SOA-EDIT-API, which only zones made through the API have by default, PowerDNS keeps the serial, and secondaries
 * never learn of the change. The serial then goes up by one (RFC 1982) in the same transaction.
 */
function raisedSerial({ soa }: LiveZone): JsonObject[] {
  if (!soa) return []
  const [record] = shape.list(soa.records, 'the list "records" of the SOA')
  const fields = soaFields(shape.text(record ?? {}, 'content'))
  if (!fields) return []
  const serial = Number(fields[2])
  // 0 means "any serial" to some secondaries.
  fields[2] = String(serial >= 0xffffffff ? 1 : serial + 1)
  const records = [{ content: fields.join(' '), disabled: false }]
  const { name, ttl, comments = [] } = soa
  return [{ name, type: 'SOA', ttl, changetype: 'REPLACE', records, comments }]
}

const zonePath = (id: string) => `/zones/${encodeURIComponent(id)}`
const replicas = new Set(['Slave', 'Secondary', 'Consumer'])

/**
 * PowerDNS sets the serial to the time of a change in zones with SOA-EDIT-API EPOCH, also where that sets it back, as from a
 * serial in the form of a date. It does so to an SOA that is sent with the change as well.
 */
function serialWarning(zone: JsonObject, serial: number | undefined, now: number): string | undefined {
  const [api, edit] = [zone.soa_edit_api, zone.soa_edit].map((kind) => String(kind ?? '').toUpperCase())
  const takesTime = api === 'EPOCH' || (api === 'SOA-EDIT' && edit === 'EPOCH')
  if (!takesTime || serial === undefined || serial <= now) return undefined
  return `PowerDNS sets the serial of this zone to the time of a change (${api === 'EPOCH' ? 'SOA-EDIT-API' : 'SOA-EDIT'} EPOCH), which is lower than the serial it has, ${serial}. Secondary servers do not take the change then: set SOA-EDIT-API to DEFAULT or INCREASE first.`
}

async function lookUpZone(
  http: HttpClient,
  candidate: string,
  clock: () => number,
  signal?: AbortSignal,
): Promise<HostedZone | undefined> {
  const { body: zones } = await http('/zones', { query: { zone: `${candidate}.`, dnssec: 'false' }, signal })
  // A replica's records come from elsewhere and cannot be changed here.
  const found = shape
    .list(zones, 'a list of zones')
    .find((zone) => canonicalName(shape.text(zone, 'name')) === candidate && !replicas.has(String(zone.kind)))
  if (!found) return undefined
  const id = shape.text(found, 'id')
  const { body } = await http(zonePath(id), { query: { rrset_name: `${candidate}.` }, signal })
  const zone = shape.object(body, 'the zone')
  // Releases before 4.6 ignore the filter and send the whole zone.
  const top = shape
    .list(zone.rrsets, 'the list "rrsets"')
    .map(toSet)
    .filter((set) => set.name === candidate)
  const [soa, servers] = ['SOA', 'NS'].map((type) => top.find((set) => set.type === type))
  const origin = soa?.values[0] === undefined ? undefined : originOf(soa.values[0])
  const warning = serialWarning(zone, origin?.serial, clock() / 1000)
  return {
    id,
    name: candidate,
    ...(origin ? { origin } : {}),
    ...(warning === undefined ? {} : { warning }),
    ...(servers ? { nameServers: servers.values.map(canonicalName) } : {}),
  }
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
