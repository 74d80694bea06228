import {
  absoluteText,
  type Labels,
  labelsWithin,
  nameKey,
  nameText,
  parseName,
  rdataText,
  soaRdata,
  typeName,
  types,
} from '@dmarc-as-code/dns/wire'
import { encodeRrset, type Rrset, type WireRrset } from './rdata.ts'

export type { Rrset } from './rdata.ts'

export interface ZoneOptions {
  /** The zone's name, e.g. `hosted.example`. */
  origin: string
  /** Host names of the NS records at the apex. */
  nameServers: readonly string[]
  /** TTL of the apex NS records, in seconds. Default 3600. */
  nameServerTtl?: number
  /** The SOA's contact as a domain name. Default `hostmaster.<origin>`. */
  contact?: string
  /** TTL of the SOA and of negative answers (RFC 2308 section 5), in seconds. Default 60, so that new records appear soon. */
  negativeTtl?: number
  /** First serial number. Default 1. */
  serial?: number
}

/** One name of the zone with its records by type. */
export interface ZoneNode {
  labels: Labels
  rrsets: ReadonlyMap<number, WireRrset>
}

interface StoredNode {
  labels: Labels
  rrsets: Map<number, WireRrset>
  children: number
}

/**
 * One zone in memory. Changes are atomic: a reader sees all of an `apply` or nothing of it, and each one raises the
 * serial once. The zone generates its SOA.
 */
export class ZoneData {
  readonly origin: Labels
  readonly #nodes = new Map<string, StoredNode>()
  readonly #soa: { mname: string; rname: string; negativeTtl: number; rrset?: { serial: number; wire: WireRrset } }
  #serial: number

  constructor(options: ZoneOptions) {
    this.origin = parseName(options.origin)
    const [primary] = options.nameServers
    if (primary === undefined) throw new Error(`The zone ${options.origin} needs at least one name server.`)
    this.#serial = options.serial ?? 1
    this.#soa = {
      mname: absoluteText(parseName(primary)),
      rname: absoluteText(parseName(options.contact ?? `hostmaster.${options.origin}`)),
      negativeTtl: options.negativeTtl ?? 60,
    }
    const ns = encodeRrset({ type: 'NS', ttl: options.nameServerTtl ?? 3600, data: options.nameServers })
    this.#nodes.set(nameKey(this.origin), { labels: this.origin, rrsets: new Map([[types.NS, ns]]), children: 0 })
  }

  get name(): string {
    return nameText(this.origin)
  }

  get serial(): number {
    return this.#serial
  }

  /** Seconds a negative answer may be cached. */
  get negativeTtl(): number {
    return this.#soa.negativeTtl
  }

  /** Replaces every record at `name`; an empty list removes the name. */
  setRrsets(name: string, rrsets: readonly Rrset[]): void {
    this.apply([[name, rrsets]])
  }

  /** Removes every record at `name`. */
  remove(name: string): void {
    this.apply([[name, []]])
  }

  /**
   * Replaces the records of several names in one step. The serial becomes `serial`. Default: it is raised by one.
   *
   * @throws {Error} when any of them is invalid (outside the zone, CNAME beside other records, apex without NS,
   * bad value); then nothing is changed
   */
  apply(changes: Iterable<readonly [name: string, rrsets: readonly Rrset[]]>, serial?: number): void {
    const checked = [...changes].map(([name, rrsets]) => this.#check(parseName(name), rrsets))
    for (const { labels, rrsets } of checked) this.#store(labels, rrsets)
    // Serial arithmetic wraps (RFC 1982); 0 is skipped, because some software treats it as "none".
    this.#serial = serial ?? ((this.#serial + 1) >>> 0 || 1)
  }

  /** The node at `labels`, including empty non-terminals, which have no records. */
  node(labels: Labels): ZoneNode | undefined {
    return this.#nodes.get(nameKey(labels))
  }

  /** Every record set at `name`, the apex's SOA included. */
  rrsets(name: string): WireRrset[] {
    const labels = parseName(name)
    const stored = [...(this.node(labels)?.rrsets.values() ?? [])]
    return nameKey(labels) === nameKey(this.origin) ? [this.soa(), ...stored] : stored
  }

  /** The current SOA. Its TTL equals its MINIMUM, so both bounds of RFC 2308 section 5 agree. */
  soa(): WireRrset {
    if (this.#soa.rrset?.serial !== this.#serial) {
      this.#soa.rrset = { serial: this.#serial, wire: this.soaWith(this.#serial) }
    }
    return this.#soa.rrset.wire
  }

  /** The SOA with another serial, which a transfer of changes begins with (RFC 1995 section 4). */
  soaWith(serial: number): WireRrset {
    const { negativeTtl } = this.#soa
    const times = { serial, refresh: 3600, retry: 600, expire: 604_800, minimum: negativeTtl }
    return { type: types.SOA, ttl: negativeTtl, rdata: [soaRdata({ ...this.#soa, ...times })] }
  }

  /** All names with records, sorted. */
  *names(): Generator<ZoneNode> {
    for (const [, node] of [...this.#nodes].sort(([a], [b]) => (a < b ? -1 : 1))) if (node.rrsets.size > 0) yield node
  }

  /** All names with records as they are now, whatever changes later. */
  snapshot(): ZoneNode[] {
    return [...this.#nodes.values()]
      .filter(({ rrsets }) => rrsets.size > 0)
      .map(({ labels, rrsets }) => ({ labels, rrsets }))
  }

  /** The zone without its SOA, one record per line, sorted: the same contents always give the same text. */
  dump(): string {
    const lines: string[] = []
    for (const { labels, rrsets } of this.names()) {
      for (const { type, ttl, rdata } of [...rrsets.values()].sort((a, b) => a.type - b.type)) {
        const values = rdata.map((value) => rdataText(typeName(type), value)).sort()
        for (const value of values) lines.push(`${absoluteText(labels)} ${ttl} IN ${typeName(type)} ${value}`)
      }
    }
    return `${lines.join('\n')}\n`
  }

  #check(labels: Labels, rrsets: readonly Rrset[]): { labels: Labels; rrsets: Map<number, WireRrset> } {
    const name = nameText(labels)
    if (!labelsWithin(labels, this.origin)) throw new Error(`${name} is not in the zone ${this.name}.`)
    const encoded = new Map<number, WireRrset>()
    for (const rrset of rrsets) {
      const wire = encodeRrset(rrset)
      if (wire.type === types.SOA) throw new Error(`The SOA of ${this.name} cannot be set: the zone generates it.`)
      if (wire.rdata.length === 0) throw new Error(`The ${typeName(wire.type)} records of ${name} have no value.`)
      if (encoded.has(wire.type)) throw new Error(`${name} has two sets of ${typeName(wire.type)} records; pass one.`)
      encoded.set(wire.type, wire)
    }
    // RFC 1034 section 3.6.2, RFC 2181 section 10.1.
    const cname = encoded.get(types.CNAME)
    if (cname && (encoded.size > 1 || cname.rdata.length > 1)) {
      throw new Error(`${name} has a CNAME, so it cannot have any other record.`)
    }
    if (labels.length === this.origin.length && (cname || !encoded.has(types.NS))) {
      throw new Error(`${name} is the apex of its zone: it needs NS records and cannot be a CNAME.`)
    }
    return { labels, rrsets: encoded }
  }

  #store(labels: Labels, rrsets: Map<number, WireRrset>): void {
    const existing = this.#nodes.get(nameKey(labels))
    if (existing) existing.rrsets = rrsets
    else if (rrsets.size > 0) this.#insert({ labels, rrsets, children: 0 })
    if (rrsets.size === 0) this.#prune(labels)
  }

  /** Creates the empty non-terminals above a name (RFC 8020, RFC 4592 section 2.2.2). */
  #insert(node: StoredNode): void {
    this.#nodes.set(nameKey(node.labels), node)
    const above = node.labels.slice(1)
    const parent = this.#nodes.get(nameKey(above))
    if (parent) parent.children += 1
    else this.#insert({ labels: above, rrsets: new Map(), children: 1 })
  }

  #prune(labels: Labels): void {
    const node = this.#nodes.get(nameKey(labels))
    if (!node || node.rrsets.size > 0 || node.children > 0 || labels.length === this.origin.length) return
    this.#nodes.delete(nameKey(labels))
    const parent = this.#nodes.get(nameKey(labels.slice(1)))
    if (parent) parent.children -= 1
    this.#prune(labels.slice(1))
  }
}
