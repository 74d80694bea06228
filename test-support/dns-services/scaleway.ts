import type { ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, startStandIn } from './server.ts'
import { absoluteIn, isNamed, relativeTo, type StateRecord, ZoneState } from './zone-state.ts'

// Scaleway's Domains and DNS API v2beta1: one list of changes for a zone, all or none, deletions by id, relative targets
// without a final dot, TTLs from 60, and zones that come into being unless that is forbidden.

export interface ScalewayStandIn extends StandIn {
  secretKey: string
  dump(zone: string): string[]
}

interface Change {
  add?: { records: { [field: string]: unknown }[] }
  delete?: { id?: string }
  clear?: object
  set?: object
}

export async function startScaleway(
  zones: { name: string; sets: ZoneRecords[] }[],
  { pageLimit = 100 } = {},
): Promise<ScalewayStandIn> {
  const secretKey = '11111111-2222-3333-4444-555555555555'
  const state = new ZoneState(zones, { minimumTtl: 60 })
  const toJson = (zone: string, record: StateRecord) => ({
    id: `id-${record.id}`,
    data: record.value,
    name: relativeTo(zone, record.name),
    priority: record.type === 'MX' ? Number(record.value.split(' ')[0]) : 0,
    ttl: record.ttl,
    type: record.type,
    comment: null,
    ...record.extra,
  })
  const standIn = await startStandIn((request) => {
    if (request.headers['x-auth-token'] !== secretKey) {
      return {
        status: 401,
        body: {
          message: 'authentication is denied',
          method: 'api_key',
          reason: 'invalid_argument',
          type: 'denied_authentication',
        },
      }
    }
    const [, , , kind, zone, what] = decodeURIComponent(request.url.pathname).split('/')
    if (kind !== 'dns-zones') return refuse(404, 'not_found', 'resource is not found')
    const query = request.url.searchParams
    if (zone === undefined) {
      const wanted = query.get('dns_zone')
      const found = state.zones.filter((name) => wanted === null || name === wanted)
      const dns_zones = found.map((name) => {
        const [subdomain, domain] =
          name.split('.').length > 2 ? [name.split('.')[0], name.split('.').slice(1).join('.')] : ['', name]
        return {
          domain,
          subdomain,
          ns: ['ns0.dom.scw.cloud.', 'ns1.dom.scw.cloud.'],
          status: 'active',
          project_id: 'p',
        }
      })
      return { status: 200, body: { dns_zones, total_count: dns_zones.length } }
    }
    if (what !== 'records') return refuse(404, 'not_found', 'resource is not found')
    if (request.method === 'GET') {
      if (!state.has(zone)) return refuse(404, 'not_found', 'resource is not found')
      const name = query.get('name')
      const found = state.records(zone).filter((record) => name === null || relativeTo(zone, record.name) === name)
      const size = Math.min(Number(query.get('page_size') ?? 20), pageLimit)
      const page = Number(query.get('page') ?? 1)
      const records = found.slice((page - 1) * size, page * size).map((record) => toJson(zone, record))
      return { status: 200, body: { records, total_count: found.length } }
    }
    const body = JSON.parse(request.body) as { changes: Change[]; disallow_new_zone_creation?: boolean }
    if (body.disallow_new_zone_creation !== true) return { status: 599, body: 'would create a zone that is not there' }
    if (!state.has(zone)) return refuse(404, 'not_found', 'resource is not found')
    const undo = state.snapshot(zone)
    for (const change of body.changes) {
      const problem = carryOut(zone, change)
      if (problem === undefined) continue
      undo()
      return refuse(400, 'invalid_arguments', problem)
    }
    return { status: 200, body: { records: [] } }
  })
  function carryOut(zone: string, change: Change): string | undefined {
    if (change.clear || change.set) throw new Error('empties or overwrites more than it names')
    if (change.delete) {
      const gone = state.find(zone, (change.delete.id ?? '').replace('id-', ''))
      if (!gone) return 'record not found'
      state.remove(zone, gone)
    }
    for (const { name, type, ttl, data, id: _, priority: __, comment, ...extra } of change.add?.records ?? []) {
      const text = String(data)
      const value = isNamed(String(type)) && !text.endsWith('.') ? `${text}.${zone}.` : text
      const record = { name: absoluteIn(zone, String(name)), type: String(type), ttl: Number(ttl), value }
      if (record.type === 'CNAME' && record.name === zone) return 'cname can not be used in root zone'
      if (record.type === 'TXT' && !value.startsWith('"')) return 'TXT data must be quoted'
      const problem = state.problemWith(zone, record)
      if (problem) return `record ${record.name}: ${problem}`
      state.add(zone, { ...record, extra: { ...extra, ...(comment ? { comment } : {}) } })
    }
    return undefined
  }
  return { ...standIn, url: `${standIn.url}/domain/v2beta1`, secretKey, dump: (zone) => state.dump(zone) }
}

const refuse = (status: number, type: string, reason: string): StandInAnswer => ({
  status,
  body: {
    type,
    message: 'invalid argument(s)',
    details: [{ argument_name: 'changes', reason: 'constraint', help_message: reason }],
  },
})
