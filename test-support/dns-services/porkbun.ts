import type { ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, startStandIn } from './server.ts'
import {
  absoluteIn,
  dotless,
  dotted,
  isNamed,
  quoted,
  type StateRecord,
  unquoted,
  withPriority,
  ZoneState,
} from './zone-state.ts'

// Porkbun's API v3: every request a POST with the keys in its body, errors in words (some with status 200), everything as
// text, plain TXT, targets without their final dot, domains whose API access is off, 503 with HTML for those in a hurry.

export interface PorkbunStandIn extends StandIn {
  apiKey: string
  secretApiKey: string
  dump(zone: string): string[]
}

export async function startPorkbun(
  zones: { name: string; sets: ZoneRecords[]; noAccess?: boolean }[],
  { minimumTtl = 600, domainPage = 1000 } = {},
): Promise<PorkbunStandIn> {
  const apiKey = 'pk1_example'
  const secretApiKey = 'sk1_example'
  const state = new ZoneState(zones)
  const toJson = (record: StateRecord) => {
    const { priority, rest } = withPriority(record)
    const content = record.type === 'TXT' ? unquoted(rest) : isNamed(record.type) ? dotless(rest) : rest
    const notes = String(record.extra.notes ?? '')
    return {
      id: `${record.id}`,
      name: record.name,
      type: record.type,
      content,
      ttl: `${record.ttl}`,
      prio: priority === 0 ? null : `${priority}`,
      notes,
    }
  }
  const standIn = await startStandIn((request) => {
    if (request.method !== 'POST') return { status: 404, body: '<html>Not found</html>' }
    const body = JSON.parse(request.body) as { [field: string]: unknown }
    if (body.apikey !== apiKey || body.secretapikey !== secretApiKey) return refuse(400, 'Invalid API key. (002)')
    const path = decodeURIComponent(request.url.pathname).replace('/api/json/v3', '')
    const [, kind, what, zone = '', id] = path.split('/')
    if (kind === 'domain' && what === 'listAll') {
      const start = Number(body.start ?? 0)
      const domains = state.zones.slice(start, start + domainPage).map((domain) => ({ domain, status: 'ACTIVE' }))
      return { status: 200, body: { status: 'SUCCESS', domains } }
    }
    if (kind !== 'dns' || !state.has(zone)) return refuse(400, 'Invalid domain.')
    if (zones.find(({ name }) => name === zone)?.noAccess) return refuse(400, 'Domain is not opted in to API access.')
    if (what === 'retrieve')
      return { status: 200, body: { status: 'SUCCESS', records: state.records(zone).map(toJson) } }
    const existing = id === undefined ? undefined : state.find(zone, id)
    if (what === 'delete') {
      if (!existing) return refuse(400, 'Invalid record ID.')
      state.remove(zone, existing)
      return { status: 200, body: { status: 'SUCCESS' } }
    }
    const verb = what === 'edit' ? 'Edit' : 'Create'
    const failed = refuse(200, `${verb} error: We were unable to ${what} the DNS record.`)
    const type = String(body.type)
    const content = String(body.content)
    const data = type === 'TXT' ? quoted(content) : isNamed(type) ? dotted(content) : content
    const value = type === 'MX' || type === 'SRV' ? `${String(body.prio)} ${data}` : data
    // A TTL below the least one is raised, without a word.
    const ttl = Math.max(Number(body.ttl ?? minimumTtl), minimumTtl)
    const record = { name: absoluteIn(zone, String(body.name)), type, ttl, value }
    if (record.name.endsWith(`${zone}.${zone}`)) return failed
    if (state.problemWith(zone, record, existing)) return failed
    const extra = body.notes ? { notes: body.notes } : {}
    if (existing) Object.assign(existing, { ...record, extra })
    const made = existing ?? state.add(zone, { ...record, extra })
    return { status: 200, body: { status: 'SUCCESS', ...(existing ? {} : { id: made.id }) } }
  })
  return { ...standIn, url: `${standIn.url}/api/json/v3`, apiKey, secretApiKey, dump: (zone) => state.dump(zone) }
}

const refuse = (status: number, message: string): StandInAnswer => ({ status, body: { status: 'ERROR', message } })
