import fc from 'fast-check'
import { type KnownType, types } from '../src/wire/codes.ts'
import { encodeLabels } from '../src/wire/labels.ts'
import type { FieldKind } from '../src/wire/rdata-layouts.ts'
import { layouts } from '../src/wire/rdata-layouts.ts'

const bytes = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength }).map((array) => Buffer.from(array))
const fixed = (length: number) => bytes(length, length)
const prefixed = (minLength: number) =>
  bytes(minLength, 40).map((content) => Buffer.concat([Buffer.from([content.length]), content]))

/** Names whose labels hold any bytes. */
export const anyLabels = fc
  .array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 4 })
  .map((labels) => labels.map((label) => Buffer.from(label).toString('latin1')))

const tag = fc
  .string({ unit: fc.constantFrom(...'abcdefghij0123'), minLength: 1, maxLength: 15 })
  .map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]))

const bitmap = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 }).map((numbers) => {
  const windows = new Map<number, number[]>()
  for (const number of numbers.sort((a, b) => a - b)) {
    const window = windows.get(number >> 8) ?? []
    windows.set(number >> 8, window)
    const at = (number & 255) >> 3
    while (window.length <= at) window.push(0)
    window[at] = (window[at] as number) + (0x80 >> (number & 7))
  }
  return Buffer.concat([...windows].map(([window, list]) => Buffer.from([window, list.length, ...list])))
})

const param = (key: number, value: Buffer) => {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(key, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value])
}
const params = fc
  .record({
    alpn: fc.array(prefixed(1), { minLength: 1, maxLength: 3 }).map((ids) => param(1, Buffer.concat(ids))),
    port: fixed(2).map((value) => param(3, value)),
    ipv4: fixed(8).map((value) => param(4, value)),
    ech: bytes(1, 20).map((value) => param(5, value)),
    ipv6: fixed(16).map((value) => param(6, value)),
    other: bytes(0, 12).map((value) => param(700, value)),
  })
  .map(({ alpn, port, ipv4, ech, ipv6, other }) => Buffer.concat([alpn, port, ipv4, ech, ipv6, other]))

const fields: Record<FieldKind, fc.Arbitrary<Buffer>> = {
  u8: fixed(1),
  u16: fixed(2),
  u32: fixed(4),
  ipv4: fixed(4),
  ipv6: fixed(16),
  name: anyLabels.map(encodeLabels),
  string: prefixed(0),
  strings: fc.array(prefixed(0), { minLength: 1, maxLength: 3 }).map((list) => Buffer.concat(list)),
  tag,
  quoted: bytes(1, 40),
  hex: bytes(1, 40),
  base64: bytes(1, 40),
  type: fixed(2),
  time: fixed(4),
  salt: prefixed(0),
  hash: prefixed(1),
  // Angles near their zero, so that most have a text.
  loc: fc
    .tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }), fc.nat({ max: 300_000_000 }), fc.nat({ max: 600_000_000 }), fc.nat())
    .map(([digit, power, latitude, longitude, altitude]) => {
      const field = Buffer.alloc(16)
      field.writeUInt8((digit << 4) | power, 1)
      field.writeUInt32BE(2 ** 31 - latitude, 4)
      field.writeUInt32BE(2 ** 31 + longitude, 8)
      field.writeUInt32BE(altitude, 12)
      return field
    }),
  bitmap,
  params,
}

/** Well-formed data of one type; of a type without a layout, any bytes. */
export function anyRdata(type: KnownType): fc.Arbitrary<Buffer> {
  const layout = layouts[type]
  if (!layout) return bytes(0, 40)
  return fc.tuple(...layout.map((kind) => fields[kind])).map((parts) => Buffer.concat(parts))
}

/** Every type that may stand in a zone. */
export const dataTypes = (Object.keys(types) as KnownType[]).filter(
  (type) => !['OPT', 'TSIG', 'IXFR', 'AXFR', 'MAILA', 'MAILB', 'ANY'].includes(type),
)
