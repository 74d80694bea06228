import { type Answer, encode } from 'dns-packet'
import { encodeName, nameText, parseName, readName } from './names.ts'

export interface Mx {
  preference: number
  exchange: string
}

export interface Srv {
  priority: number
  weight: number
  port: number
  target: string
}

export interface Caa {
  /** 128 marks the property critical. Default 0. */
  flags?: number
  tag: 'issue' | 'issuewild' | 'iodef'
  value: string
}

/**
 * All records of one type at one name. TTL in seconds. A TXT value is the whole text: it is split into strings of at
 * most 255 bytes on the wire. Types without a form of their own are given by number, with their raw RDATA.
 */
export type Rrset = { ttl: number } & (
  | { type: 'A' | 'AAAA' | 'CNAME' | 'NS' | 'PTR'; data: readonly string[] }
  | { type: 'TXT'; data: readonly string[] }
  | { type: 'MX'; data: readonly Mx[] }
  | { type: 'SRV'; data: readonly Srv[] }
  | { type: 'CAA'; data: readonly Caa[] }
  | { type: number; data: readonly Uint8Array[] }
)

/** Record type numbers (IANA "DNS parameters") the responder treats by name. */
export const TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  OPT: 41,
  DS: 43,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  MAILB: 253,
  MAILA: 254,
  ANY: 255,
  CAA: 257,
} as const

const TYPE_NAMES = new Map<number, string>(Object.entries(TYPE).map(([name, number]) => [number, name]))

/** `TXT`, or `TYPE65280` for a number without a name here (RFC 3597). */
export function typeName(type: number): string {
  return TYPE_NAMES.get(type) ?? `TYPE${type}`
}

/** An RRset in the form it is stored and sent: type number, TTL, RDATA without compression. */
export interface WireRrset {
  type: number
  ttl: number
  rdata: readonly Buffer[]
}

/** @throws {Error} when a value does not fit its type */
export function encodeRrset(rrset: Rrset): WireRrset {
  if (!Number.isInteger(rrset.ttl) || rrset.ttl < 0 || rrset.ttl > 0x7fffffff) {
    throw new Error(`A TTL is a whole number of seconds from 0 to 2147483647 (RFC 2181 section 8), found ${rrset.ttl}.`)
  }
  return typeof rrset.type === 'number'
    ? { type: rrset.type, ttl: rrset.ttl, rdata: rrset.data.map((d) => Buffer.from(d as Uint8Array)) }
    : { type: TYPE[rrset.type], ttl: rrset.ttl, rdata: encodeData(rrset) }
}

function encodeData(rrset: Rrset): Buffer[] {
  switch (rrset.type) {
    case 'A':
    case 'AAAA':
      return rrset.data.map((data) => byDnsPacket({ name: '.', type: rrset.type, data }))
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return rrset.data.map((target) => encodeName(parseName(target)))
    case 'TXT':
      return rrset.data.map(encodeTxt)
    case 'MX':
      return rrset.data.map((mx) => Buffer.concat([words(mx.preference), encodeName(parseName(mx.exchange))]))
    case 'SRV':
      return rrset.data.map((srv) =>
        Buffer.concat([words(srv.priority, srv.weight, srv.port), encodeName(parseName(srv.target))]),
      )
    case 'CAA':
      return rrset.data.map((data) => byDnsPacket({ name: '.', type: 'CAA', data: { ...data } }))
    default:
      throw new Error(`Records of type ${rrset.type} are given by number and raw RDATA.`)
  }
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2)
  return bytes
}

/** The RDATA is what follows header (12), root owner (1), type, class, TTL and length (10) in a one-record message. */
function byDnsPacket(answer: Answer): Buffer {
  return encode({ type: 'response', answers: [answer] }).subarray(23)
}

/** Character-strings of at most 255 bytes (RFC 1035 section 3.3.14); readers join them with nothing between. */
function encodeTxt(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length || at === 0; at += 255) {
    const part = bytes.subarray(at, at + 255)
    parts.push(Buffer.from([part.length]), part)
  }
  return Buffer.concat(parts)
}

/** The name inside the RDATA of NS, CNAME, PTR, MX or SRV. */
export function targetOf(type: number, rdata: Buffer): readonly string[] | undefined {
  const skip = type === TYPE.MX ? 2 : type === TYPE.SRV ? 6 : [2, 5, 12].includes(type) ? 0 : undefined
  return skip === undefined ? undefined : readName(rdata, skip)?.labels
}

/** RDATA as text for people and for comparing: presentation form for known types, RFC 3597's `\# n hex` otherwise. */
export function rdataText(type: number, rdata: Buffer): string {
  const target = targetOf(type, rdata)
  if (target) {
    const numbers = type === TYPE.MX ? [0] : type === TYPE.SRV ? [0, 2, 4] : []
    return [...numbers.map((at) => rdata.readUInt16BE(at)), target.length === 0 ? '.' : `${nameText(target)}.`].join(
      ' ',
    )
  }
  if (type === TYPE.A && rdata.length === 4) return [...rdata].join('.')
  if (type === TYPE.AAAA && rdata.length === 16) return ipv6Text(rdata)
  if (type === TYPE.TXT) return strings(rdata).map(quote).join(' ')
  if (type === TYPE.CAA && rdata.length > 2) {
    const tagEnd = 2 + (rdata[1] ?? 0)
    return `${rdata[0]} ${rdata.toString('latin1', 2, tagEnd)} ${quote(rdata.subarray(tagEnd))}`
  }
  return `\\# ${rdata.length} ${rdata.toString('hex')}`.trimEnd()
}

/** The character-strings of a TXT record. */
export function strings(rdata: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < rdata.length; at += 1 + (rdata[at] ?? 0))
    found.push(rdata.subarray(at + 1, at + 1 + (rdata[at] ?? 0)))
  return found
}

function quote(bytes: Buffer): string {
  const text = bytes
    .toString('latin1')
    .replace(/["\\]/g, '\\$&')
    .replace(/[^\x20-\x7e]/g, (char) => `\\${char.charCodeAt(0).toString().padStart(3, '0')}`)
  return `"${text}"`
}

function ipv6Text(rdata: Buffer): string {
  const groups = [0, 2, 4, 6, 8, 10, 12, 14].map((at) => rdata.readUInt16BE(at).toString(16))
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}
