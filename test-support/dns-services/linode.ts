import type { ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts'
import {
  absoluteIn,
  dotless,
  dotted,
  isNamed,
  quoted,
  relativeTo,
  type StateRecord,
  unquoted,
  withPriority,
  ZoneState,
} from './zone-state.ts'

// Linode's API v4: filters in a header, pages by number, TTLs from a list, plain TXT, targets without their final dot, an
// empty name for the top, and creations that keep no TTL but the default one.

export interface LinodeStandIn extends StandIn {
  token: string
  dump(zone: string): string[]
}

const ttls = [0, 300, 3600, 7200, 14_400, 28_800, 57_600, 86_400, 172_800, 345_600, 604_800, 1_209_600, 2_419_200]

export async function startLinode(
  zones: { name: string; sets: ZoneRecords[]; slave?: boolean }[],
  { pageLimit = 500, ignoresFilters = false } = {},
): Promise<LinodeStandIn> {
  const token = 'linode-example-token'
  const state = new ZoneState(zones)
  const zoneTtl = 86_400
  const idOf = (zone: string) => 500 + state.zones.indexOf(zone)
  const toJson = (zone: string, record: StateRecord) => {
    const { priority, rest } = withPriority(record)
    const [, tag, caa] = record.type === 'CAA' ? record.value.split(' ') : []
    const target =
      record.type === 'TXT' ? unquoted(rest) : caa ? unquoted(caa) : isNamed(record.type) ? dotless(rest) : rest
    const name = relativeTo(zone, record.name)
    const ttl_sec = record.ttl === zoneTtl && record.extra.default === true ? 0 : record.ttl
    return {
      id: record.id,
      type: record.type,
      name,
      target,
      priority,
      weight: 0,
      port: 0,
      service: null,
      protocol: null,
      tag: tag ?? null,
      ttl_sec,
      created: '2026-01-01T00:00:00',
      updated: '2026-01-01T00:00:00',
    }
  }
  const fromJson = (zone: string, body: { [field: string]: unknown }, before?: StateRecord) => {
    const type = String(body.type ?? before?.type)
    const name = body.name === undefined ? (before?.name ?? zone) : absoluteIn(zone, String(body.name))
    const target = String(body.target)
    const value =
      type === 'TXT'
        ? quoted(target)
        : type === 'CAA'
          ? `0 ${String(body.tag)} "${target}"`
          : type === 'MX'
            ? `${String(body.priority)} ${dotted(target)}`
            : isNamed(type)
              ? dotted(target)
              : target
    const wanted = Number(body.ttl_sec ?? 0)
    return { type, name, value, ttl: ttls.find((ttl) => ttl >= wanted) ?? 2_419_200 }
  }
  const page = (request: StandInRequest, items: readonly { [field: string]: unknown }[]): StandInAnswer => {
    const filter = JSON.parse(request.headers['x-filter'] ?? '{}') as { [field: string]: unknown }
    const found = items.filter(
      (item) => ignoresFilters || Object.entries(filter).every(([key, value]) => item[key] === value),
    )
    const wanted = Number(request.url.searchParams.get('page_size') ?? 100)
    if (wanted < 25 || wanted > 500) return refuse(400, 'Must be 25-500', 'page_size')
    const size = Math.min(wanted, pageLimit)
    const at = Number(request.url.searchParams.get('page') ?? 1)
    const pages = Math.max(1, Math.ceil(found.length / size))
    return {
      status: 200,
      body: { data: found.slice((at - 1) * size, at * size), page: at, pages, results: found.length },
    }
  }

  const standIn = await startStandIn((request) => {
    if (request.headers.authorization !== `Bearer ${token}`) return refuse(401, 'Invalid Token')
    const [, , kind, domainId, part, recordId] = request.url.pathname.split('/')
    if (kind !== 'domains') return refuse(404, 'Not found')
    const about = (zone: string) => ({
      id: idOf(zone),
      domain: zone,
      type: zones.find(({ name }) => name === zone)?.slave ? 'slave' : 'master',
      ttl_sec: 0,
      status: 'active',
    })
    if (domainId === undefined) return page(request, state.zones.map(about))
    const zone = state.zones.find((each) => `${idOf(each)}` === domainId)
    if (zone === undefined) return refuse(404, 'Not found')
    if (part === undefined) return { status: 200, body: about(zone) }
    if (request.method === 'GET')
      return page(
        request,
        state.records(zone).map((record) => toJson(zone, record)),
      )
    const existing = recordId === undefined ? undefined : state.find(zone, recordId)
    if (recordId !== undefined && !existing) return refuse(404, 'Not found')
    if (request.method === 'DELETE' && existing) {
      state.remove(zone, existing)
      return { status: 200, body: {} }
    }
    const body = JSON.parse(request.body) as { [field: string]: unknown }
    const record = fromJson(zone, body, existing)
    if (/^\d+ \.?$|^\.$/.test(record.value) && record.type !== 'MX') return refuse(400, 'Invalid hostname.', 'target')
    if (String(body.target).endsWith('.') && isNamed(record.type)) return refuse(400, 'Invalid hostname.', 'target')
    const problem = state.problemWith(zone, record, existing)
    if (problem === 'cname') return refuse(400, 'Record conflict - CNAMES must be unique', 'name')
    if (problem) return refuse(400, 'A record with these values already exists', 'name')
    if (existing) {
      Object.assign(
        existing,
        record.ttl === 0 ? { ...record, ttl: zoneTtl, extra: { default: true } } : { ...record, extra: {} },
      )
      return { status: 200, body: toJson(zone, existing) }
    }
    return { status: 200, body: toJson(zone, state.add(zone, { ...record, ttl: zoneTtl, extra: { default: true } })) }
  })
  return { ...standIn, url: `${standIn.url}/v4`, token, dump: (zone) => state.dump(zone) }
}

const refuse = (status: number, reason: string, field?: string): StandInAnswer => ({
  status,
  body: { errors: [{ reason, ...(field ? { field } : {}) }] },
})
