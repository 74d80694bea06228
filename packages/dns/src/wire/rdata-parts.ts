import { isIPv4, isIPv6 } from 'node:net'
import { DnsFormatError } from './errors.ts'

/** A number in network byte order. */
export function bigEndian(value: number, size: number): Buffer {
  const bytes = Buffer.alloc(size)
  bytes.writeUIntBE(value, 0, size)
  return bytes
}

/** A character-string: its length in one byte, then its bytes. */
export function string(bytes: Uint8Array): Buffer {
  if (bytes.length > 255) throw new DnsFormatError(`a text has ${bytes.length} bytes, and one string holds at most 255`)
  return Buffer.concat([Buffer.from([bytes.length]), bytes])
}

/** The character-strings of TXT data. Throws `DnsFormatError` where the last one runs past the end. */
export function stringsOf(rdata: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < rdata.length; ) {
    const end = at + 1 + (rdata[at] as number)
    if (end > rdata.length) throw new DnsFormatError('a string runs past the end of a TXT record')
    found.push(rdata.subarray(at + 1, end))
    at = end
  }
  return found
}

/** TXT data of a text: character-strings of at most 255 bytes, which readers join (RFC 1035 section 3.3.14). */
export function textRdata(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length || at === 0; at += 255) parts.push(string(bytes.subarray(at, at + 255)))
  return Buffer.concat(parts)
}

export function ipv4Bytes(text: string): Buffer {
  if (!isIPv4(text)) throw new DnsFormatError(`"${text}" is not an IPv4 address`)
  return Buffer.from(text.split('.').map(Number))
}

/** The canonical form (RFC 5952). */
export function ipv6Text(bytes: Uint8Array): string {
  const groups: string[] = []
  for (let i = 0; i < 16; i += 2) groups.push((((bytes[i] as number) << 8) | (bytes[i + 1] as number)).toString(16))
  // The WHATWG URL parser shortens the longest run of zeros, and is the only place in Node that does.
  const text = new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1)
  if (!bytes.subarray(0, 10).every((byte) => byte === 0) || bytes[10] !== 0xff || bytes[11] !== 0xff) return text
  // RFC 5952 section 5: IPv4-mapped addresses with their last part as IPv4.
  return `::ffff:${bytes.subarray(12).join('.')}`
}

export function ipv6Bytes(text: string): Buffer {
  if (!isIPv6(text) || text.includes('%')) throw new DnsFormatError(`"${text}" is not an IPv6 address`)
  const [left = '', right] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const [head, tail] = [groups(left), groups(right ?? '')]
  const all = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
  return Buffer.concat(all.map((group) => bigEndian(Number.parseInt(group, 16), 2)))
}

/** The bytes of hexadecimal text. */
export function hexBytes(text: string): Buffer {
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) throw new DnsFormatError(`"${text}" is not hexadecimal`)
  return Buffer.from(text, 'hex')
}

/** The bytes of base64 text. */
export function base64Bytes(text: string): Buffer {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new DnsFormatError(`"${text}" is not base64`)
  return Buffer.from(text, 'base64')
}
