import type { Rcode } from '../wire/codes.ts'
import { canonicalName, isWithin } from '../wire/names.ts'
import { comparableRdata } from '../wire/rdata.ts'
import type { Prerequisite, UpdateMessage } from './update.ts'

/** A record of a zone. `rdata` is uncompressed wire data. */
export interface ZoneRecord {
  name: string
  type: string
  ttl: number
  rdata: Buffer
}

/** The zone as it is: its origin and what stands at one name (canonical: lower case, no final dot). */
export interface ZoneView {
  origin: string
  at(name: string): readonly ZoneRecord[]
}

export interface UpdateResult {
  rcode: Rcode
  /** What each changed name holds from now on; empty unless `rcode` is NOERROR and something really changed. */
  changed: Map<string, ZoneRecord[]>
}

/**
 * What an UPDATE does to a zone (RFC 2136 section 3.2 to 3.4): all of it, or nothing with the code that says why. Pure:
 * the caller stores `changed` and raises the SOA serial. Additions that the standard tells a server to ignore (a CNAME
 * beside other data, other data beside a CNAME, the apex's SOA going backwards) are ignored, with NOERROR, as BIND and
 * Knot do.
 */
export function evaluateUpdate(update: UpdateMessage, zone: ZoneView): UpdateResult {
  const refused = (rcode: Rcode): UpdateResult => ({ rcode, changed: new Map() })
  const origin = canonicalName(zone.origin)
  if (canonicalName(update.zone) !== origin) return refused('NOTAUTH')
  for (const item of [...update.prerequisites, ...update.updates]) {
    if (!isWithin(item.name, origin)) return refused('NOTZONE')
  }
  const failed = failedPrerequisite(update.prerequisites, zone)
  if (failed) return refused(failed)

  const working = new Map<string, ZoneRecord[]>()
  const at = (name: string) => working.get(name) ?? [...zone.at(name)]
  for (const item of update.updates) {
    const name = canonicalName(item.name)
    const here = at(name)
    const apex = name === origin
    if (item.kind === 'add') working.set(name, added(here, { name, type: item.type, ttl: item.ttl, rdata: item.rdata }))
    else
      working.set(
        name,
        here.filter((record) => !deletes(item, record, apex, here)),
      )
  }
  for (const [name, records] of working) if (sameRecords(records, zone.at(name))) working.delete(name)
  return { rcode: 'NOERROR', changed: working }
}

function failedPrerequisite(prerequisites: readonly Prerequisite[], zone: ZoneView): Rcode | undefined {
  const wanted = new Map<string, { name: string; type: string; values: Set<string> }>()
  for (const item of prerequisites) {
    const name = canonicalName(item.name)
    const here = zone.at(name)
    switch (item.kind) {
      case 'name-in-use':
        if (here.length === 0) return 'NXDOMAIN'
        break
      case 'name-not-in-use':
        if (here.length > 0) return 'YXDOMAIN'
        break
      case 'rrset-exists':
        if (!here.some((record) => record.type === item.type)) return 'NXRRSET'
        break
      case 'rrset-not-exists':
        if (here.some((record) => record.type === item.type)) return 'YXRRSET'
        break
      case 'rrset-is': {
        const key = `${name} ${item.type}`
        const set = wanted.get(key) ?? { name, type: item.type, values: new Set() }
        set.values.add(comparableRdata(item.type, item.rdata))
        wanted.set(key, set)
      }
    }
  }
  for (const { name, type, values } of wanted.values()) {
    const here = zone.at(name).filter((record) => record.type === type)
    const same = here.length === values.size && here.every((record) => values.has(comparableRdata(type, record.rdata)))
    if (!same) return 'NXRRSET'
  }
  return undefined
}

// RFC 2136 section 3.4.2.2.
function added(here: ZoneRecord[], record: ZoneRecord): ZoneRecord[] {
  const others = here.filter((other) => !dnssecTypes.has(other.type))
  if (record.type === 'CNAME') {
    if (others.some((other) => other.type !== 'CNAME')) return here
    return [...here.filter((other) => other.type !== 'CNAME'), record]
  }
  if (!dnssecTypes.has(record.type) && others.some((other) => other.type === 'CNAME')) return here
  if (record.type === 'SOA') {
    const current = here.find((other) => other.type === 'SOA')
    if (!current || !isNewer(soaSerial(record), soaSerial(current))) return here
    return [...here.filter((other) => other.type !== 'SOA'), record]
  }
  const same = (other: ZoneRecord) =>
    other.type === record.type &&
    comparableRdata(other.type, other.rdata) === comparableRdata(record.type, record.rdata)
  // One TTL per record set (RFC 2181 section 5.2): the newest one counts for all.
  const rest = here
    .filter((other) => !same(other))
    .map((other) => (other.type === record.type ? { ...other, ttl: record.ttl } : other))
  return [...rest, record]
}

// RFC 2136 section 3.4.2.3 and 3.4.2.4: the apex never loses its SOA nor its last NS.
function deletes(
  item: Exclude<UpdateMessage['updates'][number], { kind: 'add' }>,
  record: ZoneRecord,
  apex: boolean,
  here: readonly ZoneRecord[],
): boolean {
  const keptAtApex = apex && (record.type === 'SOA' || record.type === 'NS')
  if (item.kind === 'delete-name') return !keptAtApex
  if (record.type !== item.type) return false
  if (item.kind === 'delete-rrset') return !keptAtApex
  if (comparableRdata(item.type, item.rdata) !== comparableRdata(record.type, record.rdata)) return false
  if (!keptAtApex) return true
  return record.type === 'NS' && here.filter((other) => other.type === 'NS').length > 1
}

const dnssecTypes = new Set(['RRSIG', 'NSEC', 'NSEC3'])

// The serial stands after two names, and 16 bytes follow it.
const soaSerial = (record: ZoneRecord) => record.rdata.readUInt32BE(record.rdata.length - 20)

/** Serial arithmetic of RFC 1982. */
function isNewer(serial: number, than: number): boolean {
  const ahead = (serial - than) >>> 0
  return ahead > 0 && ahead < 0x80000000
}

function sameRecords(left: readonly ZoneRecord[], right: readonly ZoneRecord[]): boolean {
  const key = (record: ZoneRecord) => `${record.type} ${record.ttl} ${record.rdata.toString('hex')}`
  const ours = left.map(key).sort()
  const theirs = right.map(key).sort()
  return ours.length === theirs.length && ours.every((value, index) => value === theirs[index])
}
