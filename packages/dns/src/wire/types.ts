/** The SOA fields this package reads. Times are seconds. */
export interface SoaData {
  mname: string
  rname: string
  serial: number
  refresh: number
  retry: number
  expire: number
  /** With the record's TTL this bounds negative caching (RFC 2308 section 5). */
  minimum: number
}

export interface CaaData {
  critical: boolean
  tag: string
  value: string
}

export interface MxData {
  preference: number
  exchange: string
}

interface RecordBase {
  /** Owner name: lower-case, A-labels, without the final dot; the root is the empty string. */
  name: string
  /** Seconds, as this answer carried it. */
  ttl: number
}

type TextRecord<T> = RecordBase & { type: T; data: string }

/**
 * One resource record with its owner name. Names inside `data` have the same form as `name`. A byte of a label that is
 * no plain host character is written as in a zone file (`\.`, `\032`), so two different names never read the same.
 */
export type DnsRecord =
  | TextRecord<'A'>
  | TextRecord<'AAAA'>
  | TextRecord<'CNAME'>
  | TextRecord<'DNAME'>
  | TextRecord<'NS'>
  | TextRecord<'PTR'>
  /** `data` is the strings joined without a space, as RFC 7208 section 3.3 joins them. */
  | (RecordBase & { type: 'TXT'; data: string; strings: string[] })
  | (RecordBase & { type: 'SOA'; data: SoaData })
  | (RecordBase & { type: 'CAA'; data: CaaData })
  | (RecordBase & { type: 'MX'; data: MxData })
  /** Any other type, as `TYPE123` or its name where known, with the untouched RDATA. */
  | (RecordBase & { type: 'OTHER'; typeName: string; data: Uint8Array })

export type DnsRecordType = 'A' | 'AAAA' | 'CAA' | 'CNAME' | 'DNAME' | 'DS' | 'MX' | 'NS' | 'PTR' | 'SOA' | 'TXT'

export interface DnsQuestion {
  name: string
  type: DnsRecordType
}

/** A decoded DNS message. */
export interface DnsMessage {
  id: number
  response: boolean
  /** `NOERROR`, `NXDOMAIN`, `SERVFAIL`, ... or `RCODE23`; EDNS's upper bits are included. */
  rcode: string
  opcode: number
  authoritative: boolean
  truncated: boolean
  recursionDesired: boolean
  recursionAvailable: boolean
  authenticData: boolean
  checkingDisabled: boolean
  /** Undefined when the message carries no question; the type is a mnemonic or `TYPE123`. */
  question: { name: string; type: string } | undefined
  answers: DnsRecord[]
  authority: DnsRecord[]
  additional: DnsRecord[]
  edns: { udpSize: number; dnssecOk: boolean } | undefined
}

/** What a question says in its header and its OPT record. */
export interface QueryFlags {
  /** Ask for recursion. Default false. */
  recursionDesired?: boolean
  /** Ask a validating resolver to answer even when validation fails (CD). Default false. */
  checkingDisabled?: boolean
  /** Send an EDNS OPT record. Default true; the client itself tries without it where a server answers FORMERR to it. */
  edns?: boolean
}
