import type { ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, startStandIn } from './server.ts'
import { dotless, dotted, isNamed, quoted, type StateRecord, withPriority, ZoneState } from './zone-state.ts'

// The DNS API of IONOS Hosting: zones as one list, a zone with all its records, absolute names, TXT that comes back quoted,
// a number beside MX, records that are switched off, errors as a list. Replacing a whole zone fails every test.

export interface IonosStandIn extends StandIn {
  apiKey: string
  dump(zone: string): string[]
}

export async function startIonos(
  zones: { name: string; sets: ZoneRecords[]; slave?: boolean }[],
  { ignoresFilters = false } = {},
): Promise<IonosStandIn> {
  const apiKey = 'prefix.example-secret'
  const state = new ZoneState(zones, { minimumTtl: 60 })
  const idOf = (zone: string) => `zone-${state.zones.indexOf(zone)}`
  const toJson = (zone: string, record: StateRecord) => {
    const { priority, rest } = withPriority(record)
    return {
      id: `record-${record.id}`,
      name: record.name,
      rootName: zone,
      type: record.type,
      content: isNamed(record.type) ? dotless(rest) : rest,
      changeDate: '2026-01-01T00:00:00.000Z',
      ttl: record.ttl,
      prio: priority,
      disabled: record.extra.disabled === true,
    }
  }
  const standIn = await startStandIn((request) => {
    if (request.headers['x-api-key'] !== apiKey)
      return refuse(401, 'UNAUTHORIZED', 'The customer is not authorized to do this operation.')
    const [, , , kind, zoneId, part, recordId] = request.url.pathname.split('/')
    if (kind !== 'zones') return refuse(404, 'NOT_FOUND', 'Not found.')
    const typeOf = (zone: string) => (zones.find(({ name }) => name === zone)?.slave ? 'SLAVE' : 'NATIVE')
    if (zoneId === undefined) {
      return { status: 200, body: state.zones.map((name) => ({ id: idOf(name), name, type: typeOf(name) })) }
    }
    const zone = state.zones.find((each) => idOf(each) === zoneId)
    if (zone === undefined) return refuse(404, 'ZONE_NOT_FOUND', 'Zone was not found.')
    if (part === undefined && request.method === 'GET') {
      const name = request.url.searchParams.get('recordName')
      const records = state.records(zone).filter((record) => ignoresFilters || name === null || record.name === name)
      return {
        status: 200,
        body: { id: zoneId, name: zone, type: typeOf(zone), records: records.map((record) => toJson(zone, record)) },
      }
    }
    if (part === undefined) return { status: 599, body: `${request.method} of a whole zone` }
    const existing = recordId === undefined ? undefined : state.find(zone, recordId.replace('record-', ''))
    if (recordId !== undefined && !existing) return refuse(404, 'RECORD_NOT_FOUND', 'Record was not found.')
    if (request.method === 'DELETE' && existing) {
      state.remove(zone, existing)
      return { status: 200 }
    }
    const parsed = JSON.parse(request.body) as { [field: string]: unknown } | { [field: string]: unknown }[]
    const undo = state.snapshot(zone)
    const made: object[] = []
    for (const body of Array.isArray(parsed) ? parsed : [parsed]) {
      const type = String(body.type ?? existing?.type)
      const content = String(body.content)
      const data =
        type === 'TXT' && !content.startsWith('"') ? quoted(content) : isNamed(type) ? dotted(content) : content
      const value = type === 'MX' || type === 'SRV' ? `${String(body.prio)} ${data}` : data
      const record = { name: String(body.name ?? existing?.name), type, ttl: Number(body.ttl ?? 3600), value }
      const problem = state.problemWith(zone, record, existing)
      if (problem) {
        undo()
        return refuse(
          400,
          problem === 'ttl' ? 'INVALID_DATA' : 'INVALID_RECORD',
          `Record ${record.name} ${type} is not possible: ${problem}.`,
        )
      }
      const extra = body.disabled === true ? { disabled: true } : {}
      if (existing) Object.assign(existing, { ...record, extra })
      made.push(toJson(zone, existing ?? state.add(zone, { ...record, extra })))
    }
    return { status: existing ? 200 : 201, body: existing ? (made[0] ?? {}) : made }
  })
  return { ...standIn, url: `${standIn.url}/dns/v1`, apiKey, dump: (zone) => state.dump(zone) }
}

const refuse = (status: number, code: string, message: string): StandInAnswer => ({ status, body: [{ code, message }] })
