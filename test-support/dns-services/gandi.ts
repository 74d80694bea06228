import type { ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, startStandIn } from './server.ts'
import { absoluteIn, isNamed, relativeTo, type StateRecord, ZoneState } from './zone-state.ts'

// Gandi's LiveDNS API v5: record sets with relative names, `@`, 404 for a name that holds nothing, one PUT for everything at a
// name, names that are found only as they are spelt, TTLs from 300. Replacing a whole zone fails every test.

export interface GandiStandIn extends StandIn {
  token: string
  dump(zone: string): string[]
}

interface Rrset {
  rrset_name: string
  rrset_type: string
  rrset_ttl: number
  rrset_values: string[]
}

export async function startGandi(zones: { name: string; sets: ZoneRecords[] }[]): Promise<GandiStandIn> {
  const token = 'gandi-example-token'
  const state = new ZoneState(zones, { minimumTtl: 300 })
  const labelOf = (zone: string, record: StateRecord) =>
    String(record.extra.label ?? relativeTo(zone, record.name, '@'))
  const setsOf = (zone: string, records: readonly StateRecord[]) =>
    [...Map.groupBy(records, (record) => `${record.name} ${record.type}`).values()].map((group) => {
      const [{ type, ttl }] = group as [StateRecord]
      const label = labelOf(zone, group[0] as StateRecord)
      return {
        rrset_name: label,
        rrset_type: type,
        rrset_ttl: ttl,
        rrset_values: group.map(({ value }) => value),
        rrset_href: `https://api.test/v5/livedns/domains/${zone}/records/${label}/${type}`,
      }
    })
  const problemOf = (zone: string, sets: readonly Rrset[]): string | undefined => {
    const names = new Set(sets.map(({ rrset_type }) => rrset_type))
    if (names.has('CNAME') && names.size > 1) return 'A CNAME record must be alone at its name'
    for (const { rrset_type, rrset_ttl, rrset_values } of sets) {
      if (rrset_ttl < 300 || rrset_ttl > 2_592_000) return 'rrset_ttl: must be between 300 and 2592000'
      if (rrset_type === 'TXT' && rrset_values.some((value) => !value.startsWith('"')))
        return 'rrset_values: TXT must be quoted'
      // A relative target lies in the zone; ours never does.
      if (isNamed(rrset_type) && rrset_values.some((value) => !value.endsWith('.')))
        return `rrset_values: lies in ${zone}`
    }
    return undefined
  }
  const put = (zone: string, label: string, name: string, sets: readonly Rrset[]) => {
    const extra = label === relativeTo(zone, name, '@') ? {} : { label }
    for (const { rrset_type: type, rrset_ttl: ttl, rrset_values } of sets) {
      for (const value of rrset_values) state.add(zone, { name, type, ttl, value, extra })
    }
  }
  const standIn = await startStandIn((request) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      return refuse(401, 'The server could not verify that you authorized to access the document you requested.')
    }
    const [, , , , zone = '', what, label] = decodeURIComponent(request.url.pathname).split('/')
    if (!state.has(zone)) return refuse(404, 'Unknown domain')
    if (what === undefined) return { status: 200, body: { fqdn: zone, automatic_snapshots: true } }
    if (what === 'nameservers')
      return { status: 200, body: ['ns-1-a.gandi.net', 'ns-2-b.gandi.net', 'ns-3-c.gandi.net'] }
    if (label === undefined) {
      if (request.method !== 'POST') return { status: 599, body: `${request.method} of a whole zone` }
      const set = JSON.parse(request.body) as Rrset
      const name = absoluteIn(zone, set.rrset_name.toLowerCase(), '@')
      const there = state.at(zone, name)
      if (
        there.some(({ type }) => type === set.rrset_type || type === 'CNAME') ||
        (set.rrset_type === 'CNAME' && there.length > 0)
      ) {
        return refuse(409, 'A DNS Record already exists with these name and type')
      }
      const problem = problemOf(zone, [set])
      if (problem) return refuse(400, problem)
      put(zone, set.rrset_name, name, [set])
      return { status: 201, body: { message: 'DNS Record Created' } }
    }
    // Names are kept as they were first written, and found by no other spelling once they are to be changed.
    const here = state.records(zone).filter((record) => labelOf(zone, record) === label)
    const name = absoluteIn(zone, label.toLowerCase(), '@')
    if (request.method === 'GET') {
      const found = setsOf(zone, state.at(zone, name))
      return found.length > 0 ? { status: 200, body: found } : refuse(404, "Can't find the DNS record")
    }
    if (request.method === 'DELETE') {
      if (here.length === 0) return refuse(404, "Can't find the DNS record")
      state.remove(zone, ...here)
      return { status: 204 }
    }
    const items = (JSON.parse(request.body) as { items: Rrset[] }).items
    const problem = problemOf(zone, items)
    if (problem) return refuse(400, problem)
    const undo = state.snapshot(zone)
    state.remove(zone, ...here)
    if (state.at(zone, name).length > 0) {
      undo()
      return refuse(409, 'A DNS Record already exists with another spelling of its name')
    }
    put(zone, label, name, items)
    return { status: 201, body: { message: 'DNS Record Created' } }
  })
  return { ...standIn, url: `${standIn.url}/v5/livedns`, token, dump: (zone) => state.dump(zone) }
}

const refuse = (status: number, message: string): StandInAnswer => ({
  status,
  body: { code: status, message, object: 'HTTPError', cause: 'Error' },
})
