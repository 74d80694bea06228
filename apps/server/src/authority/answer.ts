import { type Labels, labelsWithin, nameKey, rcodes, targetOf, typeName, types } from '@dmarc-as-code/dns/wire'
import type { WireRrset } from './rdata.ts'
import type { ZoneData, ZoneNode } from './zone-data.ts'

/** An RRset with its owner name; for a wildcard that is the queried name (RFC 4592). */
export interface OwnedRrset {
  owner: Labels
  rrset: WireRrset
}

/** The answer of a zone to one question, before it is encoded as a message. */
export interface Answer {
  rcode: number
  authoritative: boolean
  answers: OwnedRrset[]
  authorities: OwnedRrset[]
  /** Addresses a referral requires (RFC 9471): a reply too small for them is truncated. */
  glue: OwnedRrset[]
  /** Addresses of hosts named in the answer: omitted when there is no room. */
  extras: OwnedRrset[]
}

const MAX_CNAMES = 16

/**
 * The answer of `zone` to a question inside it: RFC 1034 section 4.3.2 with RFC 2308, 4592, 6604, 8020 and 8482. `wholeAny`:
 * ANY is answered with every RRset of the name, for transports that cannot be used for amplification (RFC 8482 section 4.4).
 */
export function answerFrom(zone: ZoneData, asked: Labels, type: number, { wholeAny = false } = {}): Answer {
  const answers: OwnedRrset[] = []
  const seen = new Set<string>()
  let name = asked
  for (;;) {
    const found = find(zone, name, type)
    if (found.kind === 'referral') {
      const glue = addresses(zone, found.ns.rrset, found.ns.owner)
      return {
        rcode: rcodes.NOERROR,
        authoritative: answers.length > 0,
        answers,
        authorities: [found.ns],
        glue,
        extras: [],
      }
    }
    if (found.kind === 'no-name') return negative(zone, rcodes.NXDOMAIN, answers)
    if (wholeAny && type === types.ANY) return everything(zone, found.node, name)
    const rrset = select(found.node, type, zone)
    if (!rrset) return negative(zone, rcodes.NOERROR, answers)
    answers.push({ owner: name, rrset })
    seen.add(nameKey(name))
    const target = rrset.type === types.CNAME ? cnameTarget(rrset) : undefined
    const stop = !target || type === types.CNAME || type === types.ANY || !labelsWithin(target, zone.origin)
    if (stop || seen.has(nameKey(target)) || seen.size >= MAX_CNAMES) {
      return {
        rcode: rcodes.NOERROR,
        authoritative: true,
        answers,
        authorities: [],
        glue: [],
        extras: addresses(zone, rrset),
      }
    }
    name = target
  }
}

function everything(zone: ZoneData, node: ZoneNode, owner: Labels): Answer {
  const isApex = node.labels.length === zone.origin.length
  const all = [...(isApex ? [zone.soa()] : []), ...[...node.rrsets.values()].filter(({ type }) => type !== types.SOA)]
  if (all.length === 0) return negative(zone, rcodes.NOERROR, [])
  const answers = all.map((rrset) => ({ owner, rrset }))
  return { rcode: rcodes.NOERROR, authoritative: true, answers, authorities: [], glue: [], extras: [] }
}

type Found = { kind: 'node'; node: ZoneNode } | { kind: 'no-name' } | { kind: 'referral'; ns: OwnedRrset }

/** Descends from the apex towards `name`: a delegation on the way takes precedence, then the name, then a wildcard. */
function find(zone: ZoneData, name: Labels, type: number): Found {
  for (let depth = zone.origin.length + 1; depth <= name.length; depth++) {
    const labels = name.slice(name.length - depth)
    const node = zone.node(labels)
    if (!node) {
      // The closest encloser is one label above; only its own wildcard can answer (RFC 4592 section 3.3.1).
      const wildcard = zone.node(['*', ...labels.slice(1)])
      return wildcard ? { kind: 'node', node: wildcard } : { kind: 'no-name' }
    }
    const ns = node.rrsets.get(types.NS)
    // DS belongs to the parent's side of the zone cut (RFC 4035 section 3.1.4.1).
    if (ns && !(type === types.DS && depth === name.length)) {
      return { kind: 'referral', ns: { owner: node.labels, rrset: ns } }
    }
  }
  const node = zone.node(name)
  return node ? { kind: 'node', node } : { kind: 'no-name' }
}

function select(node: ZoneNode, type: number, zone: ZoneData): WireRrset | undefined {
  if (type === types.SOA && node.labels.length === zone.origin.length) return zone.soa()
  // RFC 8482 section 4.1: one RRset is a complete answer to ANY; more would serve amplification only.
  if (type === types.ANY) return [...node.rrsets.values()][0]
  return node.rrsets.get(type) ?? node.rrsets.get(types.CNAME)
}

function cnameTarget(rrset: WireRrset): Labels | undefined {
  const [rdata] = rrset.rdata
  return rdata && targetOf('CNAME', rdata)
}

function negative(zone: ZoneData, rcode: number, answers: OwnedRrset[]): Answer {
  const soa = { owner: zone.origin, rrset: zone.soa() }
  return { rcode, authoritative: true, answers, authorities: [soa], glue: [], extras: [] }
}

/** Address records in the zone for the hosts named in `rrset`; with `below`, only those under that delegation. */
function addresses(zone: ZoneData, rrset: WireRrset, below: Labels = zone.origin): OwnedRrset[] {
  if (rrset.type === types.CNAME) return []
  return rrset.rdata.flatMap((rdata) => {
    const host = targetOf(typeName(rrset.type), rdata)
    if (!host || !labelsWithin(host, below)) return []
    const node = zone.node(host)
    return [types.A, types.AAAA].flatMap((type) => {
      const found = node?.rrsets.get(type)
      return found ? [{ owner: host, rrset: found }] : []
    })
  })
}

/** The deepest of the served zones that contains `labels`. */
export function zoneOf(zones: readonly ZoneData[], labels: Labels): ZoneData | undefined {
  return zones
    .filter((zone) => labelsWithin(labels, zone.origin))
    .reduce<ZoneData | undefined>(
      (best, zone) => (best && best.origin.length >= zone.origin.length ? best : zone),
      undefined,
    )
}
