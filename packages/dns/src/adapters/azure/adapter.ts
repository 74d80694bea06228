import { mapLimited, shareInFlight } from '@dmarc-as-code/primitives'
import { DnsServiceError } from '../../engine/errors.ts'
import { relativeName } from '../../engine/names.ts'
import type { DnsAdapter, HostedZone, NameChange, RecordSet } from '../../engine/types.ts'
import { type AzureConfig, azure } from '../../services/azure.ts'
import { canonicalName, isWithin } from '../../wire/names.ts'
import { requireUnchanged, setsToAdd } from '../compare-before-write.ts'
import { createHttp, type HttpClient, type Sleep } from '../http.ts'
import { cachedToken } from '../oauth.ts'
import { readAllPages } from '../pager.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { azureToken } from './auth.ts'
import { azureTypes, fromAzure, toAzure } from './sets.ts'
import type { AzureAuthContext } from './source.ts'

const shape = shapesOf('azure')
const zoneVersion = { 'api-version': '2018-05-01' }
// The first with DS, NAPTR and TLSA: a set that cannot be seen would be in the way of every CNAME.
const setVersion = { 'api-version': '2023-07-01-preview' }
/** How long the list of zones counts. A zone made in the meantime is looked for as soon as one is missed. */
const keptFor = 60_000
/** Record sets in one answer: more than most zones hold. */
const wholeZone = 500

/**
 * Azure DNS by Azure Resource Manager. Every write is guarded by an ETag, so nothing that changed meanwhile is
 * overwritten; but a TXT and the CNAME in its place are two resources, which no transaction spans.
 */
export function azureAdapter(
  config: AzureConfig,
  context: Partial<AzureAuthContext> & { sleep?: Sleep | undefined } = {},
): DnsAdapter {
  const { clock = Date.now, env = process.env } = context
  const token = cachedToken(azureToken(config, { fetch: context.fetch, run: context.run, clock, env }), clock)
  const baseUrl = config.baseUrl ?? 'https://management.azure.com'
  const http = createHttp({
    service: 'azure',
    label: 'Azure DNS',
    baseUrl,
    fetch: context.fetch,
    sleep: context.sleep,
    timeout: config.timeout,
    authorise: async (signal) => ({ authorization: `Bearer ${(await token(signal)).value}` }),
    describeError(body) {
      const error = isObject(body) && isObject(body.error) ? body.error : isObject(body) ? body : {}
      return typeof error.message === 'string' ? error.message : undefined
    },
    classify: (_, body) =>
      /CNAME record with the same name/i.test(JSON.stringify(body) ?? '') ? 'changed' : undefined,
  })
  const group = config.resourceGroup ? `/resourceGroups/${encodeURIComponent(config.resourceGroup)}` : ''
  const zonesPath = `/subscriptions/${encodeURIComponent(config.subscriptionId)}${group}/providers/Microsoft.Network/dnsZones`
  const share = shareInFlight<HostedZone[]>()
  let kept: { zones: HostedZone[]; at: number } | undefined
  const readNames = reader(http, baseUrl)
  return {
    service: 'azure',
    label: 'Azure DNS',
    abilities: azure.abilities,
    identity: `subscription ${config.subscriptionId} at ${baseUrl}`,
    async findZone(name, { signal, fresh = false } = {}) {
      const holding = (zones: readonly HostedZone[]) => zones.filter((zone) => isWithin(name, zone.name))
      let found = !fresh && kept && clock() - kept.at < keptFor ? holding(kept.zones) : []
      if (found.length === 0) {
        const zones = await share('zones', () => listZones(http, baseUrl, zonesPath, signal))
        kept = { zones, at: clock() }
        found = holding(zones)
      }
      return chooseZone([...found].sort((left, right) => right.name.length - left.name.length))
    },
    async read(zone, names, { signal } = {}) {
      return (await readNames(zone, names, signal)).map(({ set }) => set)
    },
    async list(zone, { signal } = {}) {
      const resources = await readAllPages(
        async (next: string | undefined) => {
          const query = next === undefined ? { ...setVersion, $top: wholeZone } : {}
          return pageOf((await http(next ?? `${zone.id}/recordsets`, { query, signal })).body, baseUrl)
        },
        { service: 'azure', signal },
      )
      return resources.map((resource) => toFound(zone, resource).set).filter(({ type }) => type !== 'SOA')
    },
    async write(zone, changes, { signal } = {}) {
      for (const change of changes) {
        await writeName(http, zone, change, await readNames(zone, [change.name], signal), signal)
      }
    },
  }
}

async function listZones(http: HttpClient, baseUrl: string, path: string, signal?: AbortSignal): Promise<HostedZone[]> {
  const resources = await readAllPages(
    async (next: string | undefined) => {
      // A link to the next page carries its own query.
      const { body } = await http(next ?? path, { query: next === undefined ? zoneVersion : {}, signal })
      return pageOf(body, baseUrl)
    },
    { service: 'azure', signal },
  )
  return resources.flatMap((zone) => {
    const properties = isObject(zone.properties) ? zone.properties : {}
    if (properties.zoneType === 'Private') return []
    const nameServers = shape.texts(properties.nameServers).map(canonicalName)
    const found = { id: shape.text(zone, 'id'), name: canonicalName(shape.text(zone, 'name')) }
    return [{ ...found, ...(nameServers.length > 0 ? { nameServers } : {}) }]
  })
}

function pageOf(body: unknown, baseUrl: string): { items: JsonObject[]; next: string | undefined } {
  const answer = shape.object(body, 'a JSON object')
  return { items: shape.list(answer.value, 'the list "value"'), next: nextPath(answer.nextLink, baseUrl) }
}

// The token must not follow a link to another host. Some links spell out the port that goes without saying.
function nextPath(link: unknown, baseUrl: string): string | undefined {
  if (typeof link !== 'string' || link === '') return undefined
  const base = new URL(baseUrl)
  const next = URL.canParse(link, baseUrl) ? new URL(link, baseUrl) : undefined
  const root = base.pathname.replace(/\/$/, '')
  if (next?.origin === base.origin && next.pathname.startsWith(`${root}/`)) {
    return `${next.pathname.slice(root.length)}${next.search}`
  }
  throw new DnsServiceError({
    service: 'azure',
    kind: 'bad-answer',
    message: `Azure DNS points to ${next?.host ?? 'no address'} for the next page, not to ${baseUrl}.`,
    fix: 'Set baseUrl to the endpoint of your cloud.',
  })
}

function chooseZone(holding: readonly HostedZone[]): HostedZone | undefined {
  const twins = holding.filter((zone) => zone.name === holding[0]?.name)
  if (twins.length < 2) return holding[0]
  throw new DnsServiceError({
    service: 'azure',
    kind: 'configuration',
    message: `There are ${twins.length} zones named ${holding[0]?.name}: ${twins.map((zone) => zone.id).join(', ')}.`,
    fix: 'Set resourceGroup to that of the one the domain is delegated to.',
  })
}

interface Found {
  set: RecordSet
  etag: string
}

const setPath = (zone: HostedZone, type: string, name: string) =>
  `${zone.id}/${type}/${encodeURIComponent(relativeName(name, zone.name))}`

/**
 * A zone that fits into one answer takes one request, whatever the number of names, and shows every type. In a larger one
 * each type of a name is asked for by itself, because a list can only be narrowed to the endings of names.
 */
function reader(http: HttpClient, baseUrl: string) {
  const large = new Set<string>()
  return async (zone: HostedZone, names: readonly string[], signal?: AbortSignal): Promise<Found[]> => {
    if (!large.has(zone.id)) {
      const { body } = await http(`${zone.id}/recordsets`, { query: { ...setVersion, $top: wholeZone }, signal })
      const { items, next } = pageOf(body, baseUrl)
      if (next === undefined) {
        const wanted = new Set(names)
        return items
          .map((resource) => toFound(zone, resource))
          .filter(({ set }) => wanted.has(set.name) && set.type !== 'SOA')
      }
      large.add(zone.id)
    }
    return (await mapLimited(names, 4, (name) => readName(http, zone, name, signal))).flat()
  }
}

function toFound(zone: HostedZone, resource: JsonObject): Found {
  const relative = shape.text(resource, 'name')
  const name = canonicalName(relative === '@' ? zone.name : `${relative}.${zone.name}`)
  // "Microsoft.Network/dnszones/TXT"
  const type = shape.text(resource, 'type').split('/').at(-1) ?? ''
  const properties = shape.object(resource.properties, 'the properties of the record set')
  return { set: fromAzure(name, type, properties), etag: shape.text(resource, 'etag') }
}

async function readName(http: HttpClient, zone: HostedZone, name: string, signal?: AbortSignal): Promise<Found[]> {
  const read = async (type: string): Promise<Found[]> => {
    const { status, body } = await http(setPath(zone, type, name), { query: setVersion, accept: [404], signal })
    if (status === 404) return []
    const resource = shape.object(body, 'the record set')
    const properties = shape.object(resource.properties, 'the properties of the record set')
    return [{ set: fromAzure(name, type, properties), etag: shape.text(resource, 'etag') }]
  }
  const [cname, ...others] = azureTypes
  const alias = await read(cname)
  // Azure refuses anything beside a CNAME.
  return alias.length > 0 ? alias : (await Promise.all(others.map(read))).flat()
}

async function writeName(
  http: HttpClient,
  zone: HostedZone,
  change: NameChange,
  live: readonly Found[],
  signal?: AbortSignal,
): Promise<void> {
  const { name, after } = change
  requireUnchanged(
    'azure',
    change,
    live.map(({ set }) => set),
  )
  for (const { set, etag } of live) {
    if (after.some((other) => other.type === set.type)) continue
    const headers = { 'if-match': etag }
    await http(setPath(zone, set.type, name), { method: 'DELETE', query: setVersion, headers, signal })
  }
  for (const set of setsToAdd(change)) {
    const existing = live.find((other) => other.set.type === set.type)
    const headers: Record<string, string> = existing ? { 'if-match': existing.etag } : { 'if-none-match': '*' }
    const body = { properties: toAzure(set) }
    await http(setPath(zone, set.type, name), { method: 'PUT', query: setVersion, body, headers, signal })
  }
}
