// IANA "Resource Record (RR) TYPEs". Types not listed are written TYPEnnn (RFC 3597 section 5), so that any record can
// be named, kept and put back.
const numbers: Record<string, number> = {
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
  CERT: 37,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  SSHFP: 44,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  SMIMEA: 53,
  CDS: 59,
  CDNSKEY: 60,
  OPENPGPKEY: 61,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
  URI: 256,
  CAA: 257,
}
const names = new Map(Object.entries(numbers).map(([name, number]) => [number, name]))

/** `CNAME` -> 5, `TYPE65280` -> 65280. Fails on a word that is neither. */
export function typeNumber(type: string): number {
  const known = numbers[type.toUpperCase()]
  if (known !== undefined) return known
  const generic = /^TYPE(\d{1,5})$/i.exec(type)
  if (generic && Number(generic[1]) <= 0xffff) return Number(generic[1])
  throw new TypeError(`"${type}" is not a DNS record type; use a name such as CNAME or the form TYPE65280`)
}

/** 5 -> `CNAME`, 65280 -> `TYPE65280`. */
export function typeName(number: number): string {
  return names.get(number) ?? `TYPE${number}`
}
