import { setTimeout as delay } from 'node:timers/promises'
import { mapLimited } from '@dmarc-as-code/primitives'
import { DnsServiceError, type DnsServiceErrorKind } from '../../engine/errors.ts'
import type { DnsAdapter, HostedZone, Json, RecordSet } from '../../engine/types.ts'
import { type GoogleConfig, google } from '../../services/google.ts'
import { canonicalName } from '../../wire/names.ts'
import { setsToAdd, setsToRemove } from '../compare-before-write.ts'
import { withDot } from '../dotted.ts'
import { createHttp, type HttpClient, type Sleep } from '../http.ts'
import { cachedToken } from '../oauth.ts'
import { readAllPages } from '../pager.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneWalk } from '../zone-walk.ts'
import { googleCredentials } from './auth.ts'
import type { GoogleAuthContext } from './credentials.ts'

const shape = shapesOf('google')

/** Google Cloud DNS, API v1. A change is one transaction, and its deletions must match what is there exactly. */
export async function googleAdapter(
  config: GoogleConfig,
  context: Partial<GoogleAuthContext> & { sleep?: Sleep | undefined } = {},
): Promise<DnsAdapter> {
  const { clock = Date.now, env = process.env } = context
  const credentials = await googleCredentials(config, { fetch: context.fetch, clock, env })
  const project = config.project ?? (await credentials.project?.())
  if (!project) {
    throw new DnsServiceError({
      service: 'google',
      kind: 'configuration',
      message: 'The Google project is not known.',
      fix: 'Set project, or GOOGLE_CLOUD_PROJECT.',
    })
  }
  const token = cachedToken(credentials.token, clock)
  const http = createHttp({
    service: 'google',
    label: 'Google Cloud DNS',
    baseUrl: `${config.baseUrl ?? 'https://dns.googleapis.com/dns/v1'}/projects/${encodeURIComponent(project)}`,
    fetch: context.fetch,
    sleep: context.sleep,
    timeout: config.timeout,
    authorise: async (signal) => ({ authorization: `Bearer ${(await token(signal)).value}` }),
    describeError: (body) => (isObject(errorOf(body)) ? String(errorOf(body)?.message) : undefined),
    classify: (_, body) =>
      reasonsOf(body)
        .map((reason) => kinds[reason])
        .find((kind) => kind !== undefined),
  })
  const sleep = context.sleep ?? ((ms, signal) => delay(ms, undefined, { signal }))
  return {
    service: 'google',
    label: 'Google Cloud DNS',
    abilities: google.abilities,
    identity: `project ${project} at ${config.baseUrl ?? 'https://dns.googleapis.com/dns/v1'}`,
    findZone: zoneWalk((candidate, signal) => lookUpZone(http, candidate, config.managedZone, signal)),
    async read(zone, names, { signal } = {}) {
      const sets = await mapLimited(names, 4, (name) => readName(http, zone.id, name, signal))
      return sets.flat()
    },
    list: (zone, { signal } = {}) => readSets(http, zone.id, {}, signal),
    async write(zone, changes, { signal } = {}) {
      const body = {
        deletions: changes.flatMap(setsToRemove).map(toRrset),
        additions: changes.flatMap(setsToAdd).map(toRrset),
      }
      const path = `/managedZones/${encodeURIComponent(zone.id)}/changes`
      const { body: change } = await http(path, { method: 'POST', body, signal })
      await waitUntilDone(http, path, shape.object(change, 'the change'), sleep, signal)
    },
  }
}

const kinds: Record<string, DnsServiceErrorKind> = {
  alreadyExists: 'changed',
  conditionNotMet: 'changed',
  cnameResourceRecordSetConflict: 'changed',
  // Rates come as 403. A quota (of a day, of record sets in a zone) does not pass by waiting a minute, and is told.
  rateLimitExceeded: 'throttled',
  userRateLimitExceeded: 'throttled',
  quotaExceeded: 'refused',
  dailyLimitExceeded: 'refused',
}

const errorOf = (body: unknown) => (isObject(body) && isObject(body.error) ? body.error : undefined)

function reasonsOf(body: unknown): string[] {
  const list = errorOf(body)?.errors
  return Array.isArray(list) ? list.filter(isObject).map((error) => String(error.reason)) : []
}

function listAll(
  http: HttpClient,
  path: string,
  field: string,
  query: Record<string, string>,
  signal?: AbortSignal,
): Promise<JsonObject[]> {
  return readAllPages(
    async (pageToken: string | undefined) => {
      const { body } = await http(path, { query: { ...query, pageToken }, signal })
      const answer = shape.object(body, 'a JSON object')
      const next = typeof answer.nextPageToken === 'string' ? answer.nextPageToken : ''
      return { items: shape.list(answer[field] ?? [], `the list "${field}"`), next: next || undefined }
    },
    { service: 'google', signal },
  )
}

async function lookUpZone(
  http: HttpClient,
  candidate: string,
  wanted: string | undefined,
  signal?: AbortSignal,
): Promise<HostedZone | undefined> {
  const zones = await listAll(http, '/managedZones', 'managedZones', { dnsName: withDot(candidate) }, signal)
  const [zone, ...twins] = zones.filter(
    (found) =>
      canonicalName(shape.text(found, 'dnsName')) === candidate &&
      found.visibility !== 'private' &&
      (wanted === undefined || found.name === wanted),
  )
  if (!zone) return undefined
  if (twins.length > 0) {
    throw new DnsServiceError({
      service: 'google',
      kind: 'configuration',
      message: `There are several public zones named ${candidate}: ${[zone, ...twins].map(({ name }) => name).join(', ')}.`,
      fix: 'Set managedZone to the one that the domain is delegated to.',
    })
  }
  const nameServers = shape.texts(zone.nameServers).map(canonicalName)
  const origin = typeof zone.id === 'string' ? { origin: { mark: `the id ${zone.id}` } } : {}
  return {
    id: shape.text(zone, 'name'),
    name: candidate,
    ...origin,
    ...(nameServers.length > 0 ? { nameServers } : {}),
  }
}

async function readName(http: HttpClient, id: string, name: string, signal?: AbortSignal): Promise<RecordSet[]> {
  const sets = await readSets(http, id, { name: withDot(name) }, signal)
  return sets.filter((set) => set.name === name)
}

async function readSets(
  http: HttpClient,
  id: string,
  query: Record<string, string>,
  signal?: AbortSignal,
): Promise<RecordSet[]> {
  const path = `/managedZones/${encodeURIComponent(id)}/rrsets`
  const rrsets = await listAll(http, path, 'rrsets', query, signal)
  return rrsets.map((rrset) => ({
    name: canonicalName(shape.text(rrset, 'name')),
    type: shape.text(rrset, 'type'),
    ttl: Number(rrset.ttl ?? 0),
    values: rrset.rrdatas === undefined ? ['(routing policy)'] : shape.texts(rrset.rrdatas),
    // A routing policy takes the place of the data.
    native: isObject(rrset.routingPolicy) ? { routingPolicy: rrset.routingPolicy as Json } : {},
  }))
}

function toRrset(set: RecordSet): JsonObject {
  const policy = isObject(set.native) ? set.native.routingPolicy : undefined
  const data = policy === undefined ? { rrdatas: set.values } : { routingPolicy: policy }
  return { kind: 'dns#resourceRecordSet', name: withDot(set.name), type: set.type, ttl: set.ttl, ...data }
}

async function waitUntilDone(
  http: HttpClient,
  path: string,
  change: JsonObject,
  sleep: Sleep,
  signal: AbortSignal | undefined,
): Promise<void> {
  const id = shape.text(change, 'id')
  let status = change.status
  for (let waited = 0, pause = 500; status === 'pending'; waited += pause, pause = Math.min(pause * 1.5, 10_000)) {
    if (waited > 300_000) {
      throw new DnsServiceError({
        service: 'google',
        kind: 'timed-out',
        message: `Google Cloud DNS has not finished change ${id} within 5 minutes.`,
        fix: 'Look at the change in the console; it may still come through.',
      })
    }
    await sleep(pause, signal)
    const { body } = await http(`${path}/${encodeURIComponent(id)}`, { signal })
    status = shape.object(body, 'the change').status
  }
}
