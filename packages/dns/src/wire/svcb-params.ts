import { DnsFormatError } from './errors.ts'
import { base64Bytes, bigEndian, ipv4Bytes, ipv6Bytes, ipv6Text } from './rdata-parts.ts'
import { quote, type Token, tokenise } from './zone-text.ts'

// RFC 9460 section 14.3.2 and RFC 9461: the parameters of SVCB and HTTPS, in the order of their numbers.
const keys = ['mandatory', 'alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint', 'dohpath']

const keyName = (key: number) => keys[key] ?? `key${key}`

function keyNumber(name: string): number {
  const known = keys.indexOf(name.toLowerCase())
  const generic = /^key(\d{1,5})$/i.exec(name)?.[1]
  if (known >= 0) return known
  if (generic !== undefined && Number(generic) <= 0xffff) return Number(generic)
  throw new DnsFormatError(`"${name}" is not a parameter of SVCB`)
}

/** `alpn="h2,h3" port=443`. Throws `DnsFormatError` where the bytes are no parameters in ascending order. */
export function paramsText(field: Buffer): string {
  const words: string[] = []
  let previous = -1
  for (let at = 0; at < field.length; ) {
    if (at + 4 > field.length) throw new DnsFormatError('the data ends inside a parameter')
    const key = field.readUInt16BE(at)
    const end = at + 4 + field.readUInt16BE(at + 2)
    if (end > field.length || key <= previous) throw new DnsFormatError('the parameters are damaged')
    const value = field.subarray(at + 4, end)
    words.push(`${keyName(key)}${valueText(key, value)}`)
    previous = key
    at = end
  }
  return words.join(' ')
}

function valueText(key: number, value: Buffer): string {
  switch (keyName(key)) {
    case 'mandatory':
      return `=${chunks(value, 2)
        .map((part) => keyName(part.readUInt16BE(0)))
        .join(',')}`
    case 'alpn':
      return `=${quote(Buffer.from(alpnIds(value).map(escapeListItem).join(','), 'latin1'))}`
    case 'port':
      return `=${chunks(value, 2, 1)[0]?.readUInt16BE(0)}`
    case 'ipv4hint':
      return `=${chunks(value, 4)
        .map((part) => part.join('.'))
        .join(',')}`
    case 'ipv6hint':
      return `=${chunks(value, 16).map(ipv6Text).join(',')}`
    case 'ech':
      return `=${chunks(value, Math.max(1, value.length))[0]?.toString('base64')}`
    default:
      return value.length === 0 ? '' : `=${quote(value)}`
  }
}

function chunks(value: Buffer, size: number, count?: number): Buffer[] {
  const parts: Buffer[] = []
  for (let at = 0; at < value.length; at += size) parts.push(value.subarray(at, at + size))
  const fits = parts.length > 0 && value.length % size === 0 && (count === undefined || parts.length === count)
  if (!fits) throw new DnsFormatError(`a parameter has ${value.length} bytes, which do not fit`)
  return parts
}

function alpnIds(value: Buffer): string[] {
  const ids: string[] = []
  for (let at = 0; at < value.length; at += 1 + (value[at] as number)) {
    const end = at + 1 + (value[at] as number)
    if (end > value.length || end === at + 1) throw new DnsFormatError('the list of protocols is damaged')
    ids.push(value.toString('latin1', at + 1, end))
  }
  if (ids.length === 0) throw new DnsFormatError('the list of protocols is empty')
  return ids
}

// RFC 9460 appendix A.1: inside a list, a comma and a backslash stand behind one more backslash.
const escapeListItem = (item: string) => item.replace(/[,\\]/g, '\\$&')

/** Parameters in any order, as their wire data. */
export function parseParams(tokens: readonly Token[]): Buffer {
  const params = new Map<number, Buffer>()
  for (const [name, value] of pairs(tokens)) {
    const key = keyNumber(name)
    if (params.has(key)) throw new DnsFormatError(`the parameter ${name} stands there twice`)
    params.set(key, valueBytes(key, value))
  }
  const sorted = [...params].sort(([a], [b]) => a - b)
  return Buffer.concat(sorted.flatMap(([key, value]) => [bigEndian(key, 2), bigEndian(value.length, 2), value]))
}

/** `alpn="h2"` comes as two words, `alpn=` and the quoted text behind it. */
function pairs(tokens: readonly Token[]): [string, Token | undefined][] {
  const list = [...tokens]
  const found: [string, Token | undefined][] = []
  for (let token = list.shift(); token; token = list.shift()) {
    const equals = token.text.indexOf('=')
    if (equals < 0) found.push([token.text, undefined])
    else if (equals < token.text.length - 1)
      found.push([token.text.slice(0, equals), tokenise(token.text.slice(equals + 1))[0]])
    else found.push([token.text.slice(0, equals), list[0]?.quoted ? list.shift() : undefined])
  }
  return found
}

function valueBytes(key: number, token: Token | undefined): Buffer {
  const bytes = token?.bytes ?? Buffer.alloc(0)
  const text = bytes.toString('latin1')
  switch (keyName(key)) {
    case 'mandatory':
      return Buffer.concat(text.split(',').map((name) => bigEndian(keyNumber(name), 2)))
    case 'alpn':
      return Buffer.concat(
        splitList(text).map((id) => Buffer.concat([Buffer.from([id.length]), Buffer.from(id, 'latin1')])),
      )
    case 'port':
      if (!/^\d{1,5}$/.test(text) || Number(text) > 0xffff) throw new DnsFormatError(`"${text}" is not a port`)
      return bigEndian(Number(text), 2)
    case 'ipv4hint':
      return Buffer.concat(text.split(',').map(ipv4Bytes))
    case 'ipv6hint':
      return Buffer.concat(text.split(',').map(ipv6Bytes))
    case 'ech':
      return base64Bytes(text)
    default:
      return bytes
  }
}

function splitList(text: string): string[] {
  const items = (text.match(/(?:[^,\\]|\\.)+/gs) ?? []).map((item) => item.replace(/\\(.)/gs, '$1'))
  if (items.length === 0 || items.some((item) => item.length > 255))
    throw new DnsFormatError(`"${text}" is not a list of protocols`)
  return items
}
