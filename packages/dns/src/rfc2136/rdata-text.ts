import { decodeName, encodeName } from './name.ts'

/**
 * Record data as a zone file writes it (RFC 1035 section 5.1, RFC 8659 for CAA). Types without a form here, and data that
 * does not fit its type, come out in the generic form `\# 4 0a000001` (RFC 3597 section 5), so nothing is ever lost.
 */
export function rdataText(type: string, rdata: Buffer): string {
  try {
    return writers[type]?.(rdata) ?? genericText(rdata)
  } catch {
    return genericText(rdata)
  }
}

/** The wire data of a CNAME, NS, PTR or DNAME. */
export function nameRdata(value: string): Buffer {
  return encodeName(value)
}

/** `example.test` -> `example.test.`; the root is `.`. */
export const absolute = (name: string) => `${name}.`

const writers: Record<string, (rdata: Buffer) => string | undefined> = {
  A: (rdata) => (rdata.length === 4 ? [...rdata].join('.') : undefined),
  AAAA: (rdata) => (rdata.length === 16 ? ipv6Text(rdata) : undefined),
  CNAME: nameText,
  NS: nameText,
  PTR: nameText,
  DNAME: nameText,
  TXT: stringsText,
  SPF: stringsText,
  MX: (rdata) => `${rdata.readUInt16BE(0)} ${nameText(rdata.subarray(2))}`,
  SRV: (rdata) => `${[0, 2, 4].map((at) => rdata.readUInt16BE(at)).join(' ')} ${nameText(rdata.subarray(6))}`,
  CAA(rdata) {
    const tagEnd = 2 + rdata.readUInt8(1)
    return `${rdata.readUInt8(0)} ${rdata.toString('latin1', 2, tagEnd)} ${quoted(rdata.subarray(tagEnd))}`
  },
}

function nameText(rdata: Buffer): string | undefined {
  const { name, next } = decodeName(rdata, 0)
  return next === rdata.length ? absolute(name) : undefined
}

function stringsText(rdata: Buffer): string | undefined {
  const strings: string[] = []
  for (let offset = 0; offset < rdata.length; ) {
    const end = offset + 1 + (rdata[offset] as number)
    if (end > rdata.length) return undefined
    strings.push(quoted(rdata.subarray(offset + 1, end)))
    offset = end
  }
  return strings.join(' ')
}

function quoted(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) {
    if (byte === 0x22 || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`
    else if (byte < 0x20 || byte > 0x7e) text += `\\${byte.toString().padStart(3, '0')}`
    else text += String.fromCharCode(byte)
  }
  return `"${text}"`
}

function ipv6Text(rdata: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => rdata.readUInt16BE(index * 2).toString(16))
  // The URL parser compresses the longest run of zeros as RFC 5952 wants.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}

function genericText(rdata: Buffer): string {
  return rdata.length === 0 ? '\\# 0' : `\\# ${rdata.length} ${rdata.toString('hex')}`
}
