import { absoluteText, encodeLabels, parseName, parseRdata, textRdata, typeNumber } from '@dmarc-as-code/dns/wire'

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

/** An RRset as it is stored and sent: type number, TTL, RDATA without compression. */
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
    ? { type: rrset.type, ttl: rrset.ttl, rdata: rrset.data.map((data) => Buffer.from(data as Uint8Array)) }
    : { type: typeNumber(rrset.type), ttl: rrset.ttl, rdata: encodeData(rrset) }
}

function encodeData(rrset: Rrset): Buffer[] {
  switch (rrset.type) {
    case 'A':
    case 'AAAA':
      return rrset.data.map((address) => parseRdata(rrset.type, address))
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return rrset.data.map((target) => encodeLabels(parseName(target)))
    case 'TXT':
      return rrset.data.map(textRdata)
    case 'MX':
      return rrset.data.map(({ preference, exchange }) => parseRdata('MX', `${preference} ${absolute(exchange)}`))
    case 'SRV':
      return rrset.data.map(({ priority, weight, port, target }) =>
        parseRdata('SRV', `${priority} ${weight} ${port} ${absolute(target)}`),
      )
    case 'CAA':
      return rrset.data.map(({ flags = 0, tag, value }) =>
        parseRdata('CAA', `${flags} ${tag} "${value.replace(/["\\]/g, '\\$&')}"`),
      )
    default:
      throw new Error(`Records of type ${rrset.type} are given by number and raw RDATA.`)
  }
}

const absolute = (name: string): string => absoluteText(parseName(name))
