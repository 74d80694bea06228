import type { DnsClient, DnsServer } from '../transport/types.ts'
import type { DnsRecord } from '../wire/types.ts'

/** Servers to ask for a zone instead of walking the public tree: a sandbox, a split horizon, a test. Longest suffix wins. */
export interface StubZone {
  /** `example.test`, or `.` for everything. */
  zone: string
  servers: { address: string; port?: number }[]
}

export interface ResolverOptions {
  client: DnsClient
  /** Default none. */
  stubZones?: StubZone[]
  /**
   * Recursive resolvers for every name outside the stub zones. Default: the system's (`node:dns` `getServers()`). An
   * empty list keeps every query inside the stub zones.
   */
  recursors?: DnsServer[]
  /** Milliseconds per try. Default 2000. */
  timeout?: number
  /** UDP tries. Default 2. */
  tries?: number
}

/**
 * What came of asking one server one question. "No such name", "no such record", "server failed" and "timed out" are
 * four different answers, and only the first two say that something is missing.
 *
 * - `answer`: records of the asked type (or an alias on the way to them)
 * - `no-such-name` NXDOMAIN, `no-such-record` NODATA
 * - `referral`: the server points to the servers of a child zone
 * - `lame`: an authoritative server was asked and did not answer as one
 * - `refused` (REFUSED, NOTAUTH), `server-failed` (SERVFAIL, FORMERR, NOTIMP, ...)
 * - `timed-out`, `unreachable` (network), `malformed` (bytes that are no DNS answer to this question)
 * - `not-asked`: the packets that one look may send were used up
 */
export type AnswerOutcome =
  | 'answer'
  | 'no-such-name'
  | 'no-such-record'
  | 'referral'
  | 'lame'
  | 'refused'
  | 'server-failed'
  | 'timed-out'
  | 'unreachable'
  | 'malformed'
  | 'not-asked'

/** Where an answer comes from. */
export type Vantage = 'authoritative' | 'recursive'

export interface AskedServer {
  /** Host name of the name server, where known. */
  name?: string
  /** `192.0.2.53`, `192.0.2.53:5353`, or a DoH URL. */
  address: string
  vantage: Vantage
  /** False when the zone lists this server but its parent does not delegate to it. Undefined when that is not known. */
  delegated?: boolean
  /** True for an address that only the glue in the parent zone gives to this name server. */
  glueOnly?: boolean
}

export interface ServerAnswer {
  server: AskedServer
  outcome: AnswerOutcome
  rcode?: string
  /** Answer section, owner names kept. */
  records: DnsRecord[]
  /** Seconds a resolver may keep this negative answer (RFC 2308 section 5). */
  negativeTtl?: number
  /** Owner of the SOA in a negative answer: the zone that spoke. */
  soaOwner?: string
  authenticData?: boolean
  /** For `referral`: the child zone, its servers and the addresses that came along. */
  referral?: { zone: string; nsNames: string[]; glue: DnsRecord[] }
  /** What went wrong, for `timed-out`, `unreachable` and `malformed`. */
  error?: string
}

export interface NameServer {
  /** Host name; undefined for the servers of a stub zone. */
  name?: string
  servers: { address: string; port?: number }[]
  /** Addresses beyond the number that is asked. */
  leftOut?: string[]
  delegated?: boolean
  /** True where only the glue in the parent zone has the address. */
  glueOnly?: boolean
}

/** A zone and who answers for it. */
export interface Zone {
  name: string
  nameServers: NameServer[]
  /** Whether the servers come from a stub zone rather than from the public tree. */
  stub: boolean
  /** NS host names in the zone itself. */
  nsNames: string[]
  /** NS host names in the parent's delegation; undefined when the parent could not be asked. */
  delegation?: string[]
  /** Seconds; how long resolvers remember that a name of this zone does not exist. */
  negativeTtl?: number
  /** Name servers whose addresses in the parent zone (glue) differ from those they have. */
  staleGlue?: { name: string; inParent: string[]; own: string[] }[]
}

/** Evidence about one name. No verdict is drawn here. */
export interface Observation {
  name: string
  /** ISO 8601. */
  at: string
  /** Undefined when the zone could not be found; `zoneError` says why. */
  zone?: Zone
  zoneError?: string
  /** Name servers and addresses beyond the number that is asked. Nothing is known of them. */
  leftOut: string[]
  /** CNAME question, one answer per address of the name servers. */
  cname: ServerAnswer[]
  /** TXT question, one answer per address. Empty for a name that needs none. */
  txt: ServerAnswer[]
  /** A and AAAA questions; asked where a CNAME was not found. */
  addresses: ServerAnswer[]
  /** CNAME question at recursive resolvers; asked where the authority is right or cannot be reached. */
  recursive: ServerAnswer[]
  /** The same with CD set, for the resolvers that failed: an answer here means that DNSSEC validation failed. */
  recursiveUnchecked: ServerAnswer[]
  /** TXT at recursive resolvers; asked where the authority cannot be reached. */
  recursiveTxt: ServerAnswer[]
  /** A random sibling of the name, asked the same questions: what it has, a wildcard gave. */
  sibling?: { name: string; answers: ServerAnswer[] }
  /** `<name>.<zone>`: where the record lands when a panel appends the zone. */
  doubled?: { name: string; answers: ServerAnswer[] }
  /** Where a foreign CNAME leads, hop by hop. */
  chain?: { hops: string[]; end: 'records' | 'nothing' | 'loop' | 'too-long' | 'unknown' }
}
