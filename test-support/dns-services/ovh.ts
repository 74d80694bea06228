import { createHash } from 'node:crypto'
import type { ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, startStandIn } from './server.ts'
import { absoluteIn, relativeTo, type StateRecord, ZoneState } from './zone-state.ts'

// OVHcloud's API v1: lists of ids, one request for each record, relative targets without a final dot, TTL 0 for the
// default, entries of the panel's own types, and nothing that is served before the zone is refreshed. Three ways to sign in.

export const ovhKeys = {
  applicationKey: 'ovh-application',
  applicationSecret: 'ovh-application-secret',
  consumerKey: 'ovh-consumer',
  clientId: 'ovh-client',
  clientSecret: 'ovh-client-secret',
}

export interface OvhStandIn extends StandIn {
  token: string
  /** Where service accounts get their tokens. */
  loginUrl: string
  /** What the API shows, published or not. */
  dump(zone: string): string[]
  /** What the name servers answer. */
  served(zone: string): string[]
}

export async function startOvh(
  zones: { name: string; sets: ZoneRecords[] }[],
  { now = () => Date.now() }: { now?: () => number } = {},
): Promise<OvhStandIn> {
  const token = 'ovh-example-token'
  const state = new ZoneState(zones)
  const served = new Map(state.zones.map((zone) => [zone, state.dump(zone)]))
  let url = ''
  const toJson = (zone: string, record: StateRecord) => {
    const { fieldType = record.type, target = record.value, ttl = record.ttl } = record.extra
    return { id: record.id, zone, subDomain: relativeTo(zone, record.name), fieldType, target, ttl }
  }
  const standIn = await startStandIn((request) => {
    const path = decodeURIComponent(request.url.pathname)
    if (path === '/oauth2/token') {
      const form = new URLSearchParams(request.body)
      const right = form.get('client_id') === ovhKeys.clientId && form.get('client_secret') === ovhKeys.clientSecret
      if (!right) return { status: 400, body: { error: 'invalid_client' } }
      return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: 3599, scope: 'all' } }
    }
    const seconds = Math.floor(now() / 1000)
    if (path === '/1.0/auth/time')
      return { status: 200, body: `${seconds}`, headers: { 'content-type': 'application/json' } }
    if (request.headers.authorization === undefined) {
      const {
        'x-ovh-application': key,
        'x-ovh-consumer': consumer,
        'x-ovh-timestamp': time,
        'x-ovh-signature': signature,
      } = request.headers
      if (key !== ovhKeys.applicationKey) return refuse(403, 'This application key is invalid', 'INVALID_KEY')
      if (consumer !== ovhKeys.consumerKey) return refuse(403, 'This credential is not valid', 'INVALID_CREDENTIAL')
      if (Math.abs(Number(time) - seconds) > 30) return refuse(400, 'Query out of time', 'QUERY_TIME_OUT')
      const full = `${url}${request.url.pathname}${request.url.search}`
      const signed = [ovhKeys.applicationSecret, consumer, request.method, full, request.body, time].join('+')
      if (signature !== `$1$${createHash('sha1').update(signed).digest('hex')}`)
        return refuse(400, 'Invalid signature', 'INVALID_SIGNATURE')
    } else if (request.headers.authorization !== `Bearer ${token}`) {
      return refuse(401, 'Invalid token', 'INVALID_CREDENTIAL')
    }
    const [, , , , zone = '', what, id] = path.split('/')
    if (!state.has(zone)) return refuse(404, 'This service does not exist')
    if (what === undefined) {
      return {
        status: 200,
        body: { name: zone, nameServers: ['dns100.ovh.net', 'ns100.ovh.net'], lastUpdate: '2026-01-01T00:00:00+01:00' },
      }
    }
    if (what === 'refresh') {
      served.set(zone, state.dump(zone))
      return { status: 200 }
    }
    const existing = id === undefined ? undefined : state.find(zone, id)
    if (id !== undefined && !existing) return refuse(404, `The requested object (id = ${id}) does not exist`)
    if (request.method === 'GET') {
      if (existing) return { status: 200, body: toJson(zone, existing) }
      const query = request.url.searchParams
      const subDomain = query.get('subDomain')
      const found = state.records(zone).filter(({ name }) => subDomain === null || relativeTo(zone, name) === subDomain)
      return { status: 200, body: found.map((record) => record.id) }
    }
    if (request.method === 'DELETE' && existing) {
      state.remove(zone, existing)
      return { status: 200 }
    }
    const body = JSON.parse(request.body) as { [field: string]: unknown }
    if (existing && body.fieldType !== undefined) return refuse(400, 'Try to alter read-only properties: fieldType')
    const type = String(body.fieldType ?? existing?.type)
    if (['SPF', 'DKIM', 'DMARC'].includes(type)) return refuse(400, 'invalid subdomain')
    const name = absoluteIn(zone, String(body.subDomain ?? ''))
    if ((type === 'A' || type === 'AAAA') && /(^|\.)_/.test(name))
      return refuse(400, 'Invalid domain name, underscore not allowed')
    const target = String(body.target)
    if (type === 'TXT' && !target.startsWith('"')) return refuse(400, 'Invalid TXT field: it must be quoted')
    const value = /^(CNAME|NS|MX|SRV)$/.test(type) && !target.endsWith('.') ? `${target}.${zone}.` : target
    const ttl = Number(body.ttl ?? 0)
    const record = { name, type, value, ttl: ttl === 0 ? 3600 : ttl, extra: ttl === 0 ? { ttl: 0 } : {} }
    if (ttl !== 0 && ttl < 60) return refuse(400, 'ttl must be at least 60')
    // The API keeps a CNAME beside other records, which no name server takes: what goes has to go first.
    if (state.problemWith(zone, record, existing))
      return { status: 599, body: `${type} beside other records at ${name}` }
    if (existing) {
      Object.assign(existing, record)
      return { status: 200 }
    }
    return { status: 200, body: toJson(zone, state.add(zone, record)) }
  })
  url = standIn.url
  return {
    ...standIn,
    url: `${standIn.url}/1.0`,
    loginUrl: `${standIn.url}/oauth2/token`,
    token,
    dump: (zone) => state.dump(zone),
    served: (zone) => served.get(zone) ?? [],
  }
}

const refuse = (status: number, message: string, errorCode?: string): StandInAnswer => ({
  status,
  headers: { 'x-ovh-queryid': 'EU.ext-1.example' },
  body: { message, ...(errorCode ? { errorCode, httpCode: `${status} Error` } : { class: 'Client::Error' }) },
})
