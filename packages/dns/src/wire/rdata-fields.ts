import { typeName, typeNumber } from './codes.ts'
import { DnsFormatError } from './errors.ts'
import { absoluteText, encodeLabels, parseName, readLabels } from './labels.ts'
import { locBytes, locText } from './loc.ts'
import type { FieldKind } from './rdata-layouts.ts'
import { base64Bytes, bigEndian, hexBytes, ipv4Bytes, ipv6Bytes, ipv6Text, string, stringsOf } from './rdata-parts.ts'
import { paramsText, parseParams } from './svcb-params.ts'
import { quote, type Token } from './zone-text.ts'

interface Field {
  /** Where the field that begins at `at` ends, in data without compression. */
  end(rdata: Buffer, at: number): number
  text(field: Buffer): string
  /** Takes its words from the front of the list. */
  parse(tokens: Token[]): Buffer
}

const fixed = (size: number) => (_: Buffer, at: number) => at + size
const rest = (rdata: Buffer) => rdata.length
const prefixed = (rdata: Buffer, at: number) => at + 1 + (rdata[at] ?? 0)

/** How each kind of field is measured, written and read. */
export const fields: Record<FieldKind, Field> = {
  u8: number(1),
  u16: number(2),
  u32: number(4),
  ipv4: { end: fixed(4), text: (field) => field.join('.'), parse: (tokens) => ipv4Bytes(take(tokens).text) },
  ipv6: { end: fixed(16), text: ipv6Text, parse: (tokens) => ipv6Bytes(take(tokens).text) },
  name: {
    end: (rdata, at) => readLabels(rdata, at, { compressed: false }).next,
    text: (field) => absoluteText(readLabels(field, 0).labels),
    parse: (tokens) => encodeLabels(parseName(take(tokens).text)),
  },
  string: { end: prefixed, text: (field) => quote(field.subarray(1)), parse: (tokens) => string(take(tokens).bytes) },
  strings: {
    end: rest,
    text: stringsText,
    parse: (tokens) => Buffer.concat(some(tokens).map(({ bytes }) => string(bytes))),
  },
  tag: {
    end: prefixed,
    text: tagText,
    parse: (tokens) => string(take(tokens).bytes),
  },
  quoted: { end: rest, text: quote, parse: (tokens) => take(tokens).bytes },
  hex: { end: rest, text: (field) => upperHex(filled(field)), parse: (tokens) => hexBytes(joined(tokens)) },
  base64: {
    end: rest,
    text: (field) => filled(field).toString('base64'),
    parse: (tokens) => base64Bytes(joined(tokens)),
  },
  type: {
    end: fixed(2),
    text: (field) => typeName(field.readUInt16BE(0)),
    parse: (tokens) => bigEndian(typeNumber(take(tokens).text), 2),
  },
  time: { end: fixed(4), text: timeText, parse: (tokens) => timeBytes(take(tokens).text) },
  salt: {
    end: prefixed,
    text: (field) => (field.length === 1 ? '-' : upperHex(field.subarray(1))),
    parse: (tokens) => {
      const { text } = take(tokens)
      return string(text === '-' ? Buffer.alloc(0) : hexBytes(text))
    },
  },
  hash: {
    end: prefixed,
    text: (field) => base32Text(filled(field.subarray(1))),
    parse: (tokens) => string(base32Bytes(take(tokens).text)),
  },
  bitmap: { end: rest, text: bitmapText, parse: (tokens) => bitmapBytes(tokens.splice(0)) },
  loc: { end: rest, text: locText, parse: locBytes },
  params: { end: rest, text: paramsText, parse: (tokens) => parseParams(tokens.splice(0)) },
}

function number(size: 1 | 2 | 4): Field {
  return {
    end: fixed(size),
    text: (field) => String(field.readUIntBE(0, size)),
    parse: (tokens) => wholeNumber(take(tokens).text, size),
  }
}

function take(tokens: Token[]): Token {
  const token = tokens.shift()
  if (!token) throw new DnsFormatError('the data ends too early')
  return token
}

function some(tokens: Token[]): Token[] {
  if (tokens.length === 0) throw new DnsFormatError('the data ends too early')
  return tokens.splice(0)
}

const joined = (tokens: Token[]) =>
  some(tokens)
    .map(({ text }) => text)
    .join('')

/** A field whose text would be empty cannot be read back. */
function filled(field: Buffer): Buffer {
  if (field.length === 0) throw new DnsFormatError('a field without content has no text')
  return field
}

function wholeNumber(text: string, size: number): Buffer {
  if (!/^\d{1,10}$/.test(text) || Number(text) >= 256 ** size) {
    throw new DnsFormatError(`"${text}" is not a whole number from 0 to ${256 ** size - 1}`)
  }
  return bigEndian(Number(text), size)
}

/** RFC 8659 section 4.1: letters and digits, at least one. */
function tagText(field: Buffer): string {
  const tag = field.toString('latin1', 1)
  if (!/^[A-Za-z0-9]+$/.test(tag))
    throw new DnsFormatError('a property tag has other characters than letters and digits')
  return tag
}

function stringsText(field: Buffer): string {
  return stringsOf(filled(field)).map(quote).join(' ')
}

const upperHex = (bytes: Buffer) => bytes.toString('hex').toUpperCase()

/** `YYYYMMDDHHmmSS` (RFC 4034 section 3.2), for the years a 32-bit number of seconds reaches. */
function timeText(field: Buffer): string {
  const iso = new Date(field.readUInt32BE(0) * 1000).toISOString()
  return iso.slice(0, 19).replace(/[-:T]/g, '')
}

function timeBytes(text: string): Buffer {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (!parts) return wholeNumber(text, 4)
  const [year = 0, month = 0, ...rest] = parts.slice(1).map(Number)
  const [day = 0, hour = 0, minute = 0, second = 0] = rest
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000
  if (!(seconds >= 0 && seconds < 2 ** 32)) throw new DnsFormatError(`"${text}" is not a time from 1970 to 2106`)
  return bigEndian(seconds, 4)
}

const base32Digits = '0123456789ABCDEFGHIJKLMNOPQRSTUV'

/** Base32 with the extended hex alphabet, without padding (RFC 5155 section 3.3). */
function base32Text(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => base32Digits[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function base32Bytes(text: string): Buffer {
  const bits = [...text.toUpperCase()].map((digit) => {
    const value = base32Digits.indexOf(digit)
    if (value < 0) throw new DnsFormatError(`"${text}" is not base32 in the extended hex alphabet`)
    return value.toString(2).padStart(5, '0')
  })
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The types of a bitmap (RFC 4034 section 4.1.2). A bitmap in another than the one right form has no text. */
function bitmapText(field: Buffer): string {
  const found: string[] = []
  for (let at = 0; at < field.length; ) {
    const [window = 0, length = 0] = field.subarray(at, at + 2)
    const bits = field.subarray(at + 2, at + 2 + length)
    bits.forEach((byte, index) => {
      for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) found.push(typeName(window * 256 + index * 8 + bit))
    })
    at += 2 + length
  }
  if (!typesBitmap(found).equals(field)) throw new DnsFormatError('the bitmap of types is not in its canonical form')
  return found.join(' ')
}

const bitmapBytes = (tokens: Token[]) => typesBitmap(tokens.map(({ text }) => text))

function typesBitmap(names: readonly string[]): Buffer {
  const windows = new Map<number, number[]>()
  for (const number of names.map(typeNumber).sort((a, b) => a - b)) {
    const bytes = windows.get(number >> 8) ?? []
    windows.set(number >> 8, bytes)
    const index = (number & 0xff) >> 3
    while (bytes.length <= index) bytes.push(0)
    bytes[index] = (bytes[index] as number) | (0x80 >> (number & 7))
  }
  return Buffer.concat([...windows].map(([window, bytes]) => Buffer.from([window, bytes.length, ...bytes])))
}
