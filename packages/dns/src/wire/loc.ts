import { DnsFormatError } from './errors.ts'
import type { Token } from './zone-text.ts'

// RFC 1876: version, size, precisions, then latitude, longitude and altitude as unsigned numbers around their zero.
const zeroDegrees = 2 ** 31
const zeroAltitude = 10_000_000
const thousandths = 3_600_000

/** `52 22 23.000 N 4 53 32.000 E -2.00m 1.00m 10000.00m 10.00m`. Throws for what has no such form. */
export function locText(field: Buffer): string {
  if (field.length !== 16 || field[0] !== 0) throw new DnsFormatError('LOC data of another version')
  return [
    angleText(field.readUInt32BE(4), ['N', 'S'], 90),
    angleText(field.readUInt32BE(8), ['E', 'W'], 180),
    metres(field.readUInt32BE(12) - zeroAltitude),
    ...[1, 2, 3].map((at) => metres(precisionCentimetres(field.readUInt8(at)))),
  ].join(' ')
}

function angleText(value: number, [positive, negative]: readonly [string, string], most: number): string {
  const angle = value - zeroDegrees
  const rest = Math.abs(angle)
  if (rest > most * thousandths) throw new DnsFormatError(`an angle is over ${most} degrees`)
  const seconds = ((rest % 60_000) / 1000).toFixed(3)
  const degrees = Math.floor(rest / thousandths)
  return `${degrees} ${Math.floor(rest / 60_000) % 60} ${seconds} ${angle < 0 ? negative : positive}`
}

const metres = (centimetres: number) => `${(centimetres / 100).toFixed(2)}m`

/** A digit and a power of ten. A zero with a power has no text that gives it back. */
function precisionCentimetres(byte: number): number {
  const [digit, power] = [byte >> 4, byte & 15]
  if (digit > 9 || power > 9 || (digit === 0 && power > 0)) throw new DnsFormatError('a LOC precision is not a number')
  return digit * 10 ** power
}

/** Takes the words of LOC data from the front of the list; minutes, seconds and the three precisions may be missing. */
export function locBytes(tokens: Token[]): Buffer {
  const field = Buffer.alloc(16)
  field.writeUInt32BE(parseAngle(tokens, ['N', 'S'], 90), 4)
  field.writeUInt32BE(parseAngle(tokens, ['E', 'W'], 180), 8)
  const altitude = centimetres(tokens.shift()?.text) + zeroAltitude
  if (altitude < 0 || altitude > 0xffffffff) throw new DnsFormatError('the altitude is out of range')
  field.writeUInt32BE(altitude, 12)
  for (const [index, usual] of ['1', '10000', '10'].entries()) {
    field.writeUInt8(precisionByte(centimetres(tokens.shift()?.text ?? usual)), index + 1)
  }
  return field
}

function parseAngle(tokens: Token[], [positive, negative]: readonly [string, string], most: number): number {
  const parts: string[] = []
  for (let word = tokens.shift()?.text; ; word = tokens.shift()?.text) {
    const side = word?.toUpperCase()
    if (side === positive || side === negative) {
      const [degrees = Number.NaN, minutes = 0, seconds = 0] = parts.map(Number)
      const angle = Math.round(degrees * thousandths + minutes * 60_000 + seconds * 1000)
      if (parts.length > 3 || !(angle <= most * thousandths) || minutes >= 60 || seconds >= 60) break
      return zeroDegrees + (side === negative ? -angle : angle)
    }
    if (word === undefined || !/^\d{1,3}(\.\d{1,3})?$/.test(word)) break
    parts.push(word)
  }
  throw new DnsFormatError(`expected an angle of up to ${most} degrees that ends in ${positive} or ${negative}`)
}

function centimetres(word: string | undefined): number {
  if (word === undefined || !/^-?\d{1,8}(\.\d{1,2})?m?$/i.test(word)) throw new DnsFormatError('expected metres')
  return Math.round(Number(word.replace(/m$/i, '')) * 100)
}

function precisionByte(value: number): number {
  const power = value === 0 ? 0 : Math.floor(Math.log10(value) + 1e-9)
  const digit = Math.floor(value / 10 ** power)
  if (value < 0 || power > 9) throw new DnsFormatError('a size or precision is out of range')
  return (digit << 4) | power
}
