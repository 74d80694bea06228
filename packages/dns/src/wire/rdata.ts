import { typeName, typeNumber } from './codes.ts'
import { DnsFormatError, DnsNameError } from './errors.ts'
import { encodeLabels, type Labels, nameKey, readLabels } from './labels.ts'
import { fields } from './rdata-fields.ts'
import { holdsFoldedNames, layoutOf } from './rdata-layouts.ts'
import { bigEndian, hexBytes, stringsOf } from './rdata-parts.ts'
import { tokenise } from './zone-text.ts'

export { stringsOf, textRdata } from './rdata-parts.ts'

/**
 * Record data in presentation form, as `dig` prints it: names with their final dot, texts quoted. Types without a form
 * of their own, and data that does not fit its type, come out in the generic form `\# 4 0a000001` (RFC 3597 section 5),
 * so that `parseRdata` always gives back the same bytes.
 */
export function rdataText(type: string, rdata: Uint8Array): string {
  const bytes = asBuffer(rdata)
  const layout = layoutOf(type)
  if (!layout) return genericText(bytes)
  try {
    const words: string[] = []
    let at = 0
    for (const kind of layout) {
      const end = fields[kind].end(bytes, at)
      if (end > bytes.length) return genericText(bytes)
      const word = fields[kind].text(bytes.subarray(at, end))
      if (word !== '') words.push(word)
      at = end
    }
    return at === bytes.length ? words.join(' ') : genericText(bytes)
  } catch (error) {
    if (error instanceof DnsFormatError || error instanceof RangeError) return genericText(bytes)
    throw error
  }
}

/**
 * The wire data of a record in presentation form, names taken as absolute; every type also in the generic form
 * `\# 4 0a000001`. Throws `DnsFormatError` for text that is no data of that type.
 */
export function parseRdata(type: string, text: string): Buffer {
  const fail = (found: string, cause?: unknown) =>
    new DnsFormatError(`This is not the data of a ${type} record: ${found}.`, { cause })
  try {
    const tokens = tokenise(text)
    if (tokens[0]?.text === '\\#' && !tokens[0].quoted) return parseGeneric(tokens.map((token) => token.text))
    const layout = layoutOf(typeName(typeNumber(type)))
    if (!layout) throw fail(`the type has no form of its own; write it as \\# LENGTH HEX (RFC 3597 section 5)`)
    const rdata = Buffer.concat(layout.map((kind) => fields[kind].parse(tokens)))
    if (tokens.length > 0) throw fail(`more follows than the type holds`)
    return rdata
  } catch (error) {
    if (error instanceof DnsFormatError)
      throw error.message.startsWith('This is not') ? error : fail(error.message, error)
    if (error instanceof DnsNameError) throw fail(error.message.replace(/\.$/, ''), error)
    throw error
  }
}

function genericText(rdata: Buffer): string {
  return rdata.length === 0 ? '\\# 0' : `\\# ${rdata.length} ${rdata.toString('hex')}`
}

function parseGeneric([, length = '', ...words]: string[]): Buffer {
  const rdata = hexBytes(words.join(''))
  if (!/^\d+$/.test(length) || Number(length) !== rdata.length) {
    throw new DnsFormatError(`${rdata.length} bytes follow \\#, which announces ${length || 'none'}`)
  }
  return rdata
}

/**
 * The data of a record inside a message, with compressed names written out, so that it stands on its own. Throws
 * `DnsFormatError` for data that does not fit a type of RFC 1035 or another with names that may be compressed.
 */
export function expandRdata(message: Buffer, offset: number, length: number, type: string): Buffer {
  const end = offset + length
  const raw = message.subarray(offset, end)
  // Empty data is legal in UPDATE messages (RFC 2136 section 2.4, 2.5).
  if (length === 0) return Buffer.alloc(0)
  if (type === 'TXT') stringsOf(raw)
  const size = { A: 4, AAAA: 16 }[type]
  if (size !== undefined && length !== size) throw new DnsFormatError(misfit(type, length))
  if (!holdsFoldedNames.has(type)) return Buffer.from(raw)
  const parts: Buffer[] = []
  let at = offset
  for (const kind of layoutOf(type) ?? []) {
    if (kind === 'name') {
      const { labels, next } = readLabels(message, at)
      parts.push(encodeLabels(labels))
      at = next
    } else {
      const next = fields[kind].end(message, at)
      parts.push(message.subarray(at, next))
      at = next
    }
    if (at > end) break
  }
  if (at !== end) throw new DnsFormatError(misfit(type, length))
  return Buffer.concat(parts)
}

const misfit = (type: string, length: number) => `a ${type} record has ${length} bytes of data, which do not fit`

/**
 * A text by which two pieces of data of one type are compared: names inside count without case where their type says so
 * (RFC 2136 section 1.1, RFC 4034 section 6.2), all else byte by byte.
 */
export function comparableRdata(type: string, rdata: Uint8Array): string {
  const bytes = asBuffer(rdata)
  if (!holdsFoldedNames.has(type) || bytes.length === 0) return bytes.toString('latin1')
  let text = ''
  let at = 0
  for (const kind of layoutOf(type) ?? []) {
    const end = fields[kind].end(bytes, at)
    text += kind === 'name' ? `${nameKey(readLabels(bytes, at).labels)}\0` : bytes.toString('latin1', at, end)
    at = end
  }
  return text + bytes.toString('latin1', at)
}

/** The first name inside the data: the target of a CNAME, NS, PTR, DNAME, MX, SRV and the like. */
export function targetOf(type: string, rdata: Uint8Array): Labels | undefined {
  const bytes = asBuffer(rdata)
  let at = 0
  for (const kind of layoutOf(type) ?? []) {
    if (kind === 'name') return readLabels(bytes, at, { compressed: false }).labels
    at = fields[kind].end(bytes, at)
    if (at > bytes.length) throw new DnsFormatError(misfit(type, bytes.length))
  }
  return undefined
}

/** SOA data for a zone; names in presentation form, times in seconds. */
export function soaRdata(soa: {
  mname: string
  rname: string
  serial: number
  refresh: number
  retry: number
  expire: number
  minimum: number
}): Buffer {
  const times = [soa.serial, soa.refresh, soa.retry, soa.expire, soa.minimum]
  return Buffer.concat([
    ...[soa.mname, soa.rname].map((name) => fields.name.parse(tokenise(name === '' ? '.' : name))),
    ...times.map((value) => bigEndian(value, 4)),
  ])
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
