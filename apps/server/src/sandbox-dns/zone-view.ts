import type { ZoneRecord, ZoneView } from '@dmarc-as-code/dns/rfc2136'
import { typeName, typeNumber } from '@dmarc-as-code/dns/wire'
import type { Rrset, ZoneData } from '../authority/index.ts'

const SOA = typeNumber('SOA')

/** A zone as the evaluation of DNS UPDATE needs it: record by record. */
export function zoneView(zone: ZoneData): ZoneView {
  return { origin: zone.name, at: (name) => recordsAt(zone, name) }
}

/** Every record at a name, the apex's SOA included. */
function recordsAt(zone: ZoneData, name: string): ZoneRecord[] {
  const rrsets = zone.rrsets(name)
  return rrsets.flatMap(({ type, ttl, rdata }) =>
    rdata.map((value) => ({ name, type: typeName(type), ttl, rdata: value })),
  )
}

/** The record sets at each changed name after an update. The SOA is omitted: the zone generates its own. */
export function changesOf(changed: ReadonlyMap<string, readonly ZoneRecord[]>): [string, Rrset[]][] {
  return [...changed].map(([name, records]) => [name, rrsetsOf(records)])
}

function rrsetsOf(records: readonly ZoneRecord[]): Rrset[] {
  const sets = new Map<number, { ttl: number; data: Buffer[] }>()
  for (const { type, ttl, rdata } of records) {
    const number = typeNumber(type)
    if (number === SOA) continue
    // A TTL with its highest bit set counts as 0 (RFC 2181 section 8).
    const set = sets.get(number) ?? { ttl: ttl > 0x7fffffff ? 0 : ttl, data: [] }
    set.data.push(rdata)
    sets.set(number, set)
  }
  return [...sets].map(([type, { ttl, data }]) => ({ type, ttl, data }))
}
