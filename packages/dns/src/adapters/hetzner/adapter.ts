import { DnsServiceError, type DnsServiceErrorKind } from '../../engine/errors.ts'
import { relativeName } from '../../engine/names.ts'
import type { DnsAdapter, HostedZone, Json, NameChange, RecordSet } from '../../engine/types.ts'
import { type HetznerConfig, hetzner } from '../../services/hetzner.ts'
import { canonicalName } from '../../wire/names.ts'
import { requireUnchanged, setsToAdd } from '../compare-before-write.ts'
import { absoluteValue, withDot } from '../dotted.ts'
import { createHttp, type HttpClient, pause, type Sleep } from '../http.ts'
import { readAllPages } from '../pager.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneReader } from '../small-zones.ts'
import { untilSeconds } from '../until-seconds.ts'
import { zoneWalk } from '../zone-walk.ts'

const shape = shapesOf('hetzner')
/** The most of one page. */
const pageSize = 50
/** Milliseconds until an action that does not end is given up. */
const longestAction = 60_000

/**
 * DNS in Hetzner's Cloud API v1. Record sets are created, changed and deleted one by one; each write starts an action, and
 * is done when that is. A set that is there already is never created over.
 */
export function hetznerAdapter(
  config: HetznerConfig,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined; clock?: (() => number) | undefined } = {},
): DnsAdapter {
  const { sleep = pause } = context
  const http = createHttp({
    service: 'hetzner',
    label: 'Hetzner',
    baseUrl: config.baseUrl ?? 'https://api.hetzner.cloud/v1',
    fetch: context.fetch,
    sleep: context.sleep,
    clock: context.clock,
    timeout: config.timeout,
    authorise: () => ({ authorization: `Bearer ${config.token}` }),
    describeError(body) {
      const { code, message } = errorIn(body)
      return code === undefined ? undefined : `${String(message)} (${String(code)})`
    },
    classify: (_, body) => kinds[String(errorIn(body).code)],
    // Unix seconds at which the whole of the hourly limit is there again.
    waitOf: (_, headers, now) => untilSeconds(headers.get('ratelimit-reset'), now),
  })
  /** TTLs of zones, which count for the sets that have none of their own. */
  const zoneTtls = new Map<string, number>()
  const { readNames, readZone } = reader(http)
  return {
    service: 'hetzner',
    label: 'Hetzner',
    abilities: hetzner.abilities,
    identity: `the API at ${config.baseUrl ?? 'https://api.hetzner.cloud/v1'}`,
    findZone: zoneWalk(async (candidate, signal) => {
      const zone = await getZone(http, candidate, signal)
      if (!zone || zone.mode === 'secondary') return undefined
      const id = String(zone.id)
      zoneTtls.set(id, shape.number(zone, 'ttl'))
      const servers = isObject(zone.authoritative_nameservers)
        ? shape.texts(zone.authoritative_nameservers.assigned)
        : []
      return { id, name: candidate, ...(servers.length > 0 ? { nameServers: servers.map(canonicalName) } : {}) }
    }),
    async read(zone, names, { signal } = {}) {
      const ttl = await ttlOf(zone, signal)
      return readNames(zone, names, ttl, signal)
    },
    async list(zone, { signal } = {}) {
      return readZone(zone, await ttlOf(zone, signal), signal)
    },
    async write(zone, changes, { signal } = {}) {
      const ttl = await ttlOf(zone, signal)
      for (const change of changes) {
        requireUnchanged('hetzner', change, await readNames(zone, [change.name], ttl, signal))
        await writeName(http, zone, change, sleep, signal)
      }
    },
  }

  async function ttlOf(zone: HostedZone, signal?: AbortSignal): Promise<number> {
    const known = zoneTtls.get(zone.id) ?? shape.number((await getZone(http, zone.id, signal)) ?? {}, 'ttl')
    zoneTtls.set(zone.id, known)
    return known
  }
}

const kinds: { readonly [code: string]: DnsServiceErrorKind } = {
  unauthorized: 'unauthorised',
  token_readonly: 'forbidden',
  uniqueness_error: 'changed',
  // Somebody else's change is under way; ours was not begun.
  conflict: 'throttled',
  locked: 'throttled',
  rate_limit_exceeded: 'throttled',
  protected: 'refused',
}

const errorIn = (body: unknown): JsonObject => (isObject(body) && isObject(body.error) ? body.error : {})

async function getZone(http: HttpClient, idOrName: string, signal?: AbortSignal): Promise<JsonObject | undefined> {
  const { status, body } = await http(`/zones/${encodeURIComponent(idOrName)}`, { accept: [404], signal })
  return status === 404 ? undefined : shape.object(shape.object(body, 'a JSON object').zone, 'the zone')
}

const setsPath = (zone: HostedZone) => `/zones/${encodeURIComponent(zone.id)}/rrsets`
const setPath = (zone: HostedZone, { name, type }: RecordSet) =>
  `${setsPath(zone)}/${encodeURIComponent(relativeName(name, zone.name))}/${encodeURIComponent(type)}`

function reader(http: HttpClient) {
  const page = async (zone: HostedZone, query: { [name: string]: string | number }, signal?: AbortSignal) => {
    const { body } = await http(setsPath(zone), { query: { ...query, per_page: pageSize }, signal })
    const answer = shape.object(body, 'a JSON object')
    const pagination = isObject(answer.meta) && isObject(answer.meta.pagination) ? answer.meta.pagination : {}
    const next = typeof pagination.next_page === 'number' ? pagination.next_page : undefined
    return { items: shape.list(answer.rrsets, 'the list "rrsets"'), next }
  }
  const allPages = (zone: HostedZone, query: { [name: string]: string }, signal?: AbortSignal) =>
    readAllPages((at = 1) => page(zone, { ...query, page: at }, signal), {
      service: 'hetzner',
      idOf: ({ id }) => id,
      signal,
    })
  const read = zoneReader<JsonObject>({
    idOf: ({ id }) => id,
    async whole(zone, signal) {
      const { items, next } = await page(zone, { page: 1 }, signal)
      return next === undefined ? items : undefined
    },
    byName: (zone, name, signal) => allPages(zone, { name: relativeName(name, zone.name) }, signal),
  })
  return {
    async readNames(zone: HostedZone, names: readonly string[], zoneTtl: number, signal?: AbortSignal) {
      const wanted = new Set(names)
      return toSets(zone, zoneTtl, await read(zone, names, signal)).filter(({ name }) => wanted.has(name))
    },
    async readZone(zone: HostedZone, zoneTtl: number, signal?: AbortSignal) {
      return toSets(zone, zoneTtl, await allPages(zone, {}, signal))
    },
  }
}

const toSets = (zone: HostedZone, zoneTtl: number, rrsets: readonly JsonObject[]): RecordSet[] =>
  rrsets.map((rrset) => toSet(rrset, zone, zoneTtl)).filter(({ type }) => type !== 'SOA')

function toSet(rrset: JsonObject, zone: HostedZone, zoneTtl: number): RecordSet {
  const relative = shape.text(rrset, 'name')
  const type = shape.text(rrset, 'type')
  const records = shape.list(rrset.records, 'the list "records"').map((record) => ({
    value: absoluteValue(type, shape.text(record, 'value'), zone.name),
    comment: String(record.comment ?? ''),
  }))
  return {
    name: canonicalName(relative === '@' || relative === zone.name ? zone.name : `${relative}.${zone.name}`),
    type,
    ttl: typeof rrset.ttl === 'number' ? rrset.ttl : zoneTtl,
    values: records.map(({ value }) => value),
    // Comments, labels and "the TTL of the zone" come back with the set.
    native: {
      ttl: typeof rrset.ttl === 'number' ? rrset.ttl : null,
      labels: (isObject(rrset.labels) ? rrset.labels : {}) as { [key: string]: Json },
      comments: records.map(({ value, comment }) => [value, comment]),
      ...(isObject(rrset.protection) && rrset.protection.change === true ? { protected: true } : {}),
    },
  }
}

async function writeName(
  http: HttpClient,
  zone: HostedZone,
  change: NameChange,
  sleep: Sleep,
  signal?: AbortSignal,
): Promise<void> {
  const run = async (path: string, method: 'POST' | 'DELETE', body?: JsonObject) => {
    const answer = await http(path, { method, ...(body ? { body } : {}), signal })
    await waitForAction(http, answer.body, sleep, signal)
  }
  const held = change.before.find(({ native }) => isObject(native) && native.protected === true)
  if (held) {
    throw new DnsServiceError({
      service: 'hetzner',
      kind: 'refused',
      message: `The ${held.type} records of ${held.name} are protected against changes.`,
      fix: 'Take the protection off in the Hetzner Console.',
    })
  }
  for (const set of change.before) {
    // Sets of a type that stays are exchanged below, so that the name is not empty meanwhile.
    if (change.after.some((other) => other.type === set.type)) continue
    await run(setPath(zone, set), 'DELETE')
  }
  for (const set of setsToAdd(change)) {
    const existing = change.before.find((other) => other.type === set.type)
    const { ttl, records, labels } = toRrset(set)
    if (!existing) {
      const body = { name: relativeName(set.name, zone.name), type: set.type, ttl, records, labels }
      await run(setsPath(zone), 'POST', body)
      continue
    }
    const sameValues = [...existing.values].sort().join('\n') === [...set.values].sort().join('\n')
    if (!sameValues || isObject(set.native)) await run(`${setPath(zone, set)}/actions/set_records`, 'POST', { records })
    if (existing.ttl !== set.ttl || isObject(set.native)) {
      await run(`${setPath(zone, set)}/actions/change_ttl`, 'POST', { ttl })
    }
  }
}

function toRrset(set: RecordSet): { ttl: number | null; records: JsonObject[]; labels: JsonObject } {
  const native = isObject(set.native) ? set.native : undefined
  const comments = new Map(Array.isArray(native?.comments) ? (native.comments as [string, string][]) : [])
  return {
    ttl: native ? (native.ttl as number | null) : set.ttl,
    records: set.values.map((value) => ({
      value: set.type === 'CNAME' ? withDot(value) : value,
      ...(comments.get(value) ? { comment: comments.get(value) } : {}),
    })),
    labels: isObject(native?.labels) ? native.labels : {},
  }
}

/** A write is accepted first and carried out by an action. */
async function waitForAction(http: HttpClient, body: unknown, sleep: Sleep, signal?: AbortSignal): Promise<void> {
  let action = isObject(body) && isObject(body.action) ? body.action : undefined
  for (
    let waited = 0, step = 200;
    action && action.status !== 'success';
    waited += step, step = Math.min(step * 2, 2000)
  ) {
    if (action.status === 'error') {
      const { code, message } = errorIn(action)
      throw new DnsServiceError({
        service: 'hetzner',
        kind: kinds[String(code)] === 'changed' ? 'changed' : 'refused',
        message: `Hetzner could not carry the change out: ${String(message)} (${String(code)})`,
        fix: '',
      })
    }
    if (waited >= longestAction) {
      throw new DnsServiceError({
        service: 'hetzner',
        kind: 'timed-out',
        message: `Hetzner has not carried the change out within ${longestAction / 1000} s.`,
        fix: 'Look at the zone in the Hetzner Console; the change may still come.',
      })
    }
    await sleep(step, signal)
    const { body: answer } = await http(`/actions/${String(action.id)}`, { signal })
    action = shape.object(shape.object(answer, 'a JSON object').action, 'the action')
  }
}
