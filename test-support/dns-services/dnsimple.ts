import type { ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, startStandIn } from './server.ts'
import {
  absoluteIn,
  dotless,
  dotted,
  isNamed,
  quoted,
  relativeTo,
  type StateRecord,
  withPriority,
  ZoneState,
} from './zone-state.ts'

// DNSimple's API v2 as its documentation and fixtures show it: an account in each path, exact filters by name, `data` and
// `pagination`, quoted TXT, targets without their final dot, validation errors by field, a batch that most plans lack.

export interface DnsimpleStandIn extends StandIn {
  token: string
  dump(zone: string): string[]
}

export async function startDnsimple(
  zones: { name: string; sets: ZoneRecords[]; secondary?: boolean }[],
  { pageLimit = 100, user = false } = {},
): Promise<DnsimpleStandIn> {
  const token = 'dnsimple-example-token'
  const account = '1010'
  const state = new ZoneState(zones)
  const toJson = (zone: string, record: StateRecord) => {
    const { priority, rest } = withPriority(record)
    return {
      id: record.id,
      zone_id: zone,
      parent_id: null,
      name: relativeTo(zone, record.name),
      content: isNamed(record.type) ? dotless(rest) : rest,
      ttl: record.ttl,
      priority: record.type === 'MX' || record.type === 'SRV' ? priority : null,
      type: record.type,
      regions: record.extra.regions ?? ['global'],
      system_record: record.extra.system_record ?? false,
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
    }
  }

  const standIn = await startStandIn((request) => {
    const headers = { 'x-ratelimit-limit': '2400', 'x-ratelimit-remaining': '2399', 'x-ratelimit-reset': '1767229200' }
    const answer = (status: number, body?: object): StandInAnswer => ({ status, headers, ...(body ? { body } : {}) })
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { message: 'Authentication failed' })
    const [, , first, kind, zone = '', part, id] = decodeURIComponent(request.url.pathname).split('/')
    if (first === 'whoami') {
      return answer(200, {
        data: user ? { user: { id: 1 }, account: null } : { user: null, account: { id: Number(account) } },
      })
    }
    if (first !== account || kind !== 'zones' || !state.has(zone))
      return answer(404, { message: `Zone \`${zone}\` not found` })
    if (part === undefined) {
      const secondary = zones.find(({ name }) => name === zone)?.secondary === true
      return answer(200, {
        data: { id: 1 + state.zones.indexOf(zone), account_id: Number(account), name: zone, secondary, active: true },
      })
    }
    if (part === 'batch') return answer(412, { message: 'Batch is not available on your plan' })
    if (request.method === 'GET') {
      const query = request.url.searchParams
      const name = query.get('name')
      const found = state.records(zone).filter((record) => name === null || relativeTo(zone, record.name) === name)
      const size = Math.min(Number(query.get('per_page') ?? 30), pageLimit)
      const page = Number(query.get('page') ?? 1)
      const pagination = {
        current_page: page,
        per_page: size,
        total_entries: found.length,
        total_pages: Math.max(1, Math.ceil(found.length / size)),
      }
      return answer(200, {
        data: found.slice((page - 1) * size, page * size).map((record) => toJson(zone, record)),
        pagination,
      })
    }
    const existing = id === undefined ? undefined : state.find(zone, id)
    if (id !== undefined && !existing) return answer(404, { message: `Record \`${id}\` not found` })
    if (request.method === 'DELETE' && existing) {
      state.remove(zone, existing)
      return answer(204)
    }
    const body = JSON.parse(request.body) as { [field: string]: unknown }
    if (existing && body.type !== undefined)
      return answer(400, { message: 'Validation failed', errors: { type: ["can't be changed"] } })
    const type = String(body.type ?? existing?.type)
    const content = String(body.content)
    const data =
      type === 'TXT' && !content.startsWith('"') ? quoted(content) : isNamed(type) ? dotted(content) : content
    const record = {
      name: body.name === undefined ? (existing?.name ?? zone) : absoluteIn(zone, String(body.name)),
      type,
      ttl: Number(body.ttl ?? 3600),
      value: type === 'MX' || type === 'SRV' ? `${String(body.priority ?? 0)} ${data}` : data,
    }
    const problem = state.problemWith(zone, record, existing)
    if (problem) {
      const base = problem === 'cname' ? 'Cannot add a new record where a CNAME exists' : 'Record already exists'
      return answer(400, { message: 'Validation failed', errors: { base: [base] } })
    }
    if (existing) {
      Object.assign(existing, record, body.regions ? { extra: { regions: body.regions } } : {})
      return answer(200, { data: toJson(zone, existing) })
    }
    const extra = body.regions ? { regions: body.regions } : {}
    return answer(201, { data: toJson(zone, state.add(zone, { ...record, extra })) })
  })
  return { ...standIn, token, dump: (zone) => state.dump(zone) }
}
