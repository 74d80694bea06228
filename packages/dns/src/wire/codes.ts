import { DnsError } from '../errors.ts'

// IANA "Domain Name System (DNS) Parameters". Types not listed are written TYPEnnn (RFC 3597 section 5), so that any
// record can be named, kept and put back.
const typeNumbers = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  RP: 17,
  AFSDB: 18,
  AAAA: 28,
  LOC: 29,
  SRV: 33,
  NAPTR: 35,
  KX: 36,
  CERT: 37,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  SSHFP: 44,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  DHCID: 49,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  SMIMEA: 53,
  CDS: 59,
  CDNSKEY: 60,
  OPENPGPKEY: 61,
  CSYNC: 62,
  ZONEMD: 63,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  MAILB: 253,
  MAILA: 254,
  ANY: 255,
  URI: 256,
  CAA: 257,
} as const

/** A record type that has a name here. Every other is written `TYPE65280`. */
export type KnownType = keyof typeof typeNumbers

/** The number of every type that has a name here. */
export const types: Readonly<Record<KnownType, number>> = typeNumbers

const numbersByName = new Map<string, number>(Object.entries(types))
const typeNames = new Map<number, string>(Object.entries(types).map(([name, number]) => [number, name]))

/** 5 -> `CNAME`, 65280 -> `TYPE65280`. */
export function typeName(number: number): string {
  return typeNames.get(number) ?? `TYPE${number}`
}

/** `CNAME` -> 5, `TYPE65280` -> 65280, in any case. Throws `DnsTypeError` for a word that is neither. */
export function typeNumber(type: string): number {
  const known = numbersByName.get(type) ?? numbersByName.get(type.toUpperCase())
  if (known !== undefined) return known
  const generic = /^TYPE(\d{1,5})$/i.exec(type)
  if (generic && Number(generic[1]) <= 0xffff) return Number(generic[1])
  throw new DnsTypeError(`"${type}" is not a DNS record type. Use a name such as CNAME, or the form TYPE65280.`)
}

/** A word that is no record type. */
export class DnsTypeError extends DnsError {
  override readonly name = 'DnsTypeError'
}

export const classes = { IN: 1, CH: 3, HS: 4, NONE: 254, ANY: 255 } as const

export const opcodes = { QUERY: 0, STATUS: 2, NOTIFY: 4, UPDATE: 5 } as const

/** RCODEs of RFC 1035 4.1.1, RFC 2136 2.2 and RFC 6891 9, and the TSIG errors of RFC 8945 section 3. */
export const rcodes = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  BADVERS: 16,
  BADKEY: 17,
  BADTIME: 18,
} as const

export type Rcode = keyof typeof rcodes

/** The errors of a TSIG record. 16 has two names: it is BADVERS in the header of an EDNS answer and BADSIG here. */
export const tsigErrors = { BADSIG: 16, BADKEY: rcodes.BADKEY, BADTIME: rcodes.BADTIME } as const

const rcodeNames = new Map<number, string>(Object.entries(rcodes).map(([name, number]) => [number, name]))

/** 8 -> `NXRRSET`; a number without a name -> `RCODE23`. */
export function rcodeName(number: number): string {
  return rcodeNames.get(number) ?? `RCODE${number}`
}
