import type { KnownType } from './codes.ts'

/**
 * One field of record data. Numbers by size; `name`; `string` one character-string, `strings` all that follow; `tag` a
 * character-string written without quotes; `quoted`, `hex`, `base64` and `bitmap` take the rest; `salt` and `hash` carry
 * their length in one byte.
 */
export type FieldKind =
  | 'u8'
  | 'u16'
  | 'u32'
  | 'ipv4'
  | 'ipv6'
  | 'name'
  | 'string'
  | 'strings'
  | 'tag'
  | 'quoted'
  | 'hex'
  | 'base64'
  | 'type'
  | 'time'
  | 'salt'
  | 'hash'
  | 'bitmap'
  | 'params'
  | 'loc'

const digest = ['u16', 'u8', 'u8', 'hex'] as const
const key = ['u16', 'u8', 'u8', 'base64'] as const
const service = ['u16', 'name', 'params'] as const

/** How the data of each type is made up. A type without an entry is opaque: kept as bytes, written as `\# 2 abcd`. */
export const layouts: Partial<Record<KnownType, readonly FieldKind[]>> = {
  A: ['ipv4'],
  NS: ['name'],
  CNAME: ['name'],
  SOA: ['name', 'name', 'u32', 'u32', 'u32', 'u32', 'u32'],
  PTR: ['name'],
  HINFO: ['string', 'string'],
  MX: ['u16', 'name'],
  TXT: ['strings'],
  RP: ['name', 'name'],
  AFSDB: ['u16', 'name'],
  AAAA: ['ipv6'],
  LOC: ['loc'],
  SRV: ['u16', 'u16', 'u16', 'name'],
  NAPTR: ['u16', 'u16', 'string', 'string', 'string', 'name'],
  KX: ['u16', 'name'],
  CERT: ['u16', 'u16', 'u8', 'base64'],
  DNAME: ['name'],
  DS: digest,
  SSHFP: ['u8', 'u8', 'hex'],
  RRSIG: ['type', 'u8', 'u8', 'u32', 'time', 'time', 'u16', 'name', 'base64'],
  NSEC: ['name', 'bitmap'],
  DNSKEY: key,
  DHCID: ['base64'],
  NSEC3: ['u8', 'u8', 'u16', 'salt', 'hash', 'bitmap'],
  NSEC3PARAM: ['u8', 'u8', 'u16', 'salt'],
  TLSA: ['u8', 'u8', 'u8', 'hex'],
  SMIMEA: ['u8', 'u8', 'u8', 'hex'],
  CDS: digest,
  CDNSKEY: key,
  OPENPGPKEY: ['base64'],
  CSYNC: ['u32', 'u16', 'bitmap'],
  ZONEMD: ['u32', 'u8', 'u8', 'hex'],
  SVCB: service,
  HTTPS: service,
  SPF: ['strings'],
  URI: ['u16', 'u16', 'quoted'],
  CAA: ['u8', 'tag', 'quoted'],
}

// RFC 3597 section 4 with RFC 4034 section 6.2: the names of these types may arrive compressed, and count without case.
const foldedTypes: readonly KnownType[] = [
  'NS',
  'CNAME',
  'SOA',
  'PTR',
  'MX',
  'RP',
  'AFSDB',
  'SRV',
  'NAPTR',
  'KX',
  'DNAME',
]

/** Types whose data holds names that may arrive compressed, and that are compared without case. */
export const holdsFoldedNames: ReadonlySet<string> = new Set(foldedTypes)

/** The layout of a type given by its mnemonic. */
export function layoutOf(type: string): readonly FieldKind[] | undefined {
  return Object.hasOwn(layouts, type) ? layouts[type as KnownType] : undefined
}
