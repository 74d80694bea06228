import { parseName } from '@dmarc-as-code/dns/wire'
import { encodeRrset, type Rrset, type WireRrset } from '../rdata.ts'
import type { ZoneData, ZoneNode } from '../zone-data.ts'
import type { TransferRecord } from './transfer-messages.ts'

/** What became of one name between two serials: the records before and after. */
export interface NameChange {
  name: string
  before: readonly Rrset[]
  after: readonly Rrset[]
}

/** The whole zone (RFC 5936 section 2.2): the SOA, everything else, the SOA again. As it is now, whatever changes later. */
export function wholeZone(zone: ZoneData): Iterable<TransferRecord> {
  const soa = soaRecord(zone, zone.soa())
  const nodes = zone.snapshot()
  return between(soa, nodes)
}

function* between(soa: TransferRecord, nodes: readonly ZoneNode[]): Generator<TransferRecord> {
  yield soa
  for (const { labels, rrsets } of nodes) {
    for (const rrset of rrsets.values()) {
      for (const rdata of rrset.rdata) yield { owner: labels, type: rrset.type, ttl: rrset.ttl, rdata }
    }
  }
  yield soa
}

/** The serial of the zone alone: nothing has changed, or the client must ask over TCP (RFC 1995 section 2). */
export const serialOnly = (zone: ZoneData): TransferRecord[] => [soaRecord(zone, zone.soa())]

/**
 * What changed from a serial to the current one, in one step (RFC 1995 section 4): the SOA, the SOA of the client and what goes, the
 * SOA and what comes, the SOA.
 */
export function changedRecords(zone: ZoneData, from: number, changes: readonly NameChange[]): TransferRecord[] {
  const soa = soaRecord(zone, zone.soa())
  const removed: TransferRecord[] = []
  const added: TransferRecord[] = []
  for (const { name, before, after } of joined(changes)) {
    const owner = parseName(name)
    const [old, current] = [recordsOf(owner, before), recordsOf(owner, after)]
    removed.push(...[...old].filter(([key]) => !current.has(key)).map(([, record]) => record))
    added.push(...[...current].filter(([key]) => !old.has(key)).map(([, record]) => record))
  }
  return [soa, soaRecord(zone, zone.soaWith(from)), ...removed, soa, ...added, soa]
}

/** One change for each name: from before the first to after the last. */
function joined(changes: readonly NameChange[]): Iterable<NameChange> {
  const byName = new Map<string, NameChange>()
  for (const change of changes) {
    const earlier = byName.get(change.name)
    byName.set(change.name, earlier ? { ...earlier, after: change.after } : change)
  }
  return byName.values()
}

function recordsOf(owner: TransferRecord['owner'], rrsets: readonly Rrset[]): Map<string, TransferRecord> {
  const records = rrsets
    .map(encodeRrset)
    .flatMap(({ type, ttl, rdata }) => rdata.map((value) => ({ owner, type, ttl, rdata: value })))
  return new Map(records.map((record) => [`${record.type} ${record.ttl} ${record.rdata.toString('hex')}`, record]))
}

function soaRecord(zone: ZoneData, { type, ttl, rdata: [rdata = Buffer.alloc(0)] }: WireRrset): TransferRecord {
  return { owner: zone.origin, type, ttl, rdata }
}
