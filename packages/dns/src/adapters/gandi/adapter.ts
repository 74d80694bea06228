import { mapLimited } from '@dmarc-as-code/primitives'
import { relativeName } from '../../engine/names.ts'
import type { DnsAdapter, HostedZone, Json, NameChange, RecordSet } from '../../engine/types.ts'
import { type GandiConfig, gandi } from '../../services/gandi.ts'
import { canonicalName } from '../../wire/names.ts'
import { requireUnchanged } from '../compare-before-write.ts'
import { absoluteValue, withDot } from '../dotted.ts'
import { createHttp, type HttpClient, type Sleep } from '../http.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneWalk } from '../zone-walk.ts'

const shape = shapesOf('gandi')
const defaultUrl = 'https://api.gandi.net/v5/livedns'

/** Gandi's LiveDNS API v5. One request replaces everything at a name. The request for a whole zone is never sent. */
export function gandiAdapter(
  config: GandiConfig,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined; clock?: (() => number) | undefined } = {},
): DnsAdapter {
  const baseUrl = config.baseUrl ?? defaultUrl
  const http = createHttp({
    service: 'gandi',
    label: 'Gandi',
    baseUrl,
    fetch: context.fetch,
    sleep: context.sleep,
    clock: context.clock,
    timeout: config.timeout,
    authorise: () => ({ authorization: `Bearer ${config.token}` }),
    describeError: (body) => wordsIn(body).join('; ') || undefined,
  })
  return {
    service: 'gandi',
    label: 'Gandi',
    abilities: gandi.abilities,
    identity: `the API at ${baseUrl}`,
    findZone: zoneWalk(async (candidate, signal) => {
      const { status } = await http(domainPath(candidate), { accept: [404], signal })
      return status === 404 ? undefined : { id: candidate, name: candidate }
    }),
    async nameServers(zone, { signal } = {}) {
      const { body } = await http(`${domainPath(zone.name)}/nameservers`, { signal })
      return shape.texts(body).map(canonicalName)
    },
    async read(zone, names, { signal } = {}) {
      return (await mapLimited(names, 4, (name) => readName(http, zone, name, signal))).flat()
    },
    async write(zone, changes, { signal } = {}) {
      for (const change of changes) {
        requireUnchanged('gandi', change, await readName(http, zone, change.name, signal))
        await writeName(http, zone, change, signal)
      }
    },
  }
}

const domainPath = (zone: string) => `/domains/${encodeURIComponent(zone)}`
const recordsPath = (zone: HostedZone) => `${domainPath(zone.name)}/records`

async function readName(http: HttpClient, zone: HostedZone, name: string, signal?: AbortSignal): Promise<RecordSet[]> {
  const path = `${recordsPath(zone)}/${encodeURIComponent(relativeName(name, zone.name))}`
  const { status, body } = await http(path, { accept: [404], signal })
  if (status === 404) return []
  return shape
    .list(body, 'a list of record sets')
    .map((set) => toSet(set, zone))
    .filter((set) => set.name === name && set.type !== 'SOA')
}

function toSet(set: JsonObject, zone: HostedZone): RecordSet {
  const label = shape.text(set, 'rrset_name')
  const type = shape.text(set, 'rrset_type')
  const name = canonicalName(label === '@' ? zone.name : `${label}.${zone.name}`)
  const values = shape.texts(set.rrset_values).map((value) => absoluteValue(type, value, zone.name))
  const spelling: { [key: string]: Json } = label === relativeName(name, zone.name) ? {} : { label }
  return {
    name,
    type,
    ttl: shape.number(set, 'rrset_ttl'),
    values,
    ...(Object.keys(spelling).length > 0 ? { native: spelling } : {}),
  }
}

async function writeName(http: HttpClient, zone: HostedZone, change: NameChange, signal?: AbortSignal): Promise<void> {
  // A name that is stored with capitals is found only as it is spelt.
  const spelt = [...change.before, ...change.after].find(({ native }) => isObject(native) && native.label !== undefined)
  const label = isObject(spelt?.native) ? String(spelt.native.label) : relativeName(change.name, zone.name)
  const path = `${recordsPath(zone)}/${encodeURIComponent(label)}`
  if (change.after.length === 0) {
    if (change.before.length > 0) await http(path, { method: 'DELETE', signal })
    return
  }
  const items = change.after.map(({ type, ttl, values }) => ({
    rrset_type: type,
    rrset_ttl: ttl,
    rrset_values: type === 'CNAME' ? values.map(withDot) : values,
  }))
  const [first] = items
  if (change.before.length === 0 && items.length === 1) {
    // A creation fails where another set of the type came in between.
    await http(recordsPath(zone), { method: 'POST', body: { rrset_name: label, ...first }, signal })
    return
  }
  await http(path, { method: 'PUT', body: { items }, signal })
}

function wordsIn(body: unknown): string[] {
  if (!isObject(body)) return []
  const errors = Array.isArray(body.errors) ? body.errors.filter(isObject) : []
  const details = errors.flatMap(({ name, description }) =>
    typeof description === 'string' ? [`${name ? `${String(name)}: ` : ''}${description}`] : [],
  )
  return [...(typeof body.message === 'string' ? [body.message] : []), ...details]
}
