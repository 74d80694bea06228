import { ExtData, ExtensionCodec, encode as encodeOracle } from '@msgpack/msgpack'
import { describe, expect, it } from 'vitest'
import { decodeValue } from './decode.ts'
import { Dynamic } from './dynamic.ts'
import { encodeValue } from './encode.ts'
import { valuesEqual } from './equal.ts'
import { ExactNumber } from './number.ts'
import { type Raw, rawObject, UnknownValue } from './raw.ts'
import type { Type } from './type.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const object = (members: { [name: string]: Raw }) => rawObject(Object.entries(members))

// What Terraform itself (go-cty's msgpack package) writes for these values: integers within 64 bits in the shortest
// form, floats where those are exact, decimal text otherwise, keys in order, ext 0 for unknown.
const golden: [name: string, type: Type, value: Raw, bytes: string][] = [
  ['null', 'string', null, 'c0'],
  ['an empty text', 'string', '', 'a0'],
  ['a text', 'string', 'aü', 'a361c3bc'],
  ['a text of 32 bytes', 'string', 'x'.repeat(32), `d920${'78'.repeat(32)}`],
  ['a text of 256 bytes', 'string', 'x'.repeat(256), `da0100${'78'.repeat(256)}`],
  ['a text of 65,536 bytes', 'string', 'x'.repeat(65_536), `db00010000${'78'.repeat(65_536)}`],
  ['true', 'bool', true, 'c3'],
  ['false', 'bool', false, 'c2'],
  ['0', 'number', 0, '00'],
  ['127', 'number', 127, '7f'],
  ['128', 'number', 128, 'cc80'],
  ['256', 'number', 256, 'cd0100'],
  ['65,536', 'number', 65_536, 'ce00010000'],
  ['2^32', 'number', 2 ** 32, 'cf0000000100000000'],
  ['2^63-1', 'number', 9223372036854775807n, 'cf7fffffffffffffff'],
  ['-1', 'number', -1, 'ff'],
  ['-32', 'number', -32, 'e0'],
  ['-33', 'number', -33, 'd0df'],
  ['-129', 'number', -129, 'd1ff7f'],
  ['-32,769', 'number', -32_769, 'd2ffff7fff'],
  ['-2^31-1', 'number', -(2 ** 31) - 1, 'd3ffffffff7fffffff'],
  ['-2^63', 'number', -9223372036854775808n, 'd38000000000000000'],
  ['2^63, whole, so text holds it', 'number', 9223372036854775808n, `b3${hex(Buffer.from('9223372036854775808'))}`],
  ['2^64+1, which only text holds', 'number', 18446744073709551617n, `b4${hex(Buffer.from('18446744073709551617'))}`],
  ['1.5', 'number', 1.5, 'cb3ff8000000000000'],
  ['0.1, which no float holds', 'number', 0.1, 'a3302e31'],
  ['1e-7', 'number', 1e-7, `a9${hex(Buffer.from('0.0000001'))}`],
  [
    'many digits',
    'number',
    new ExactNumber('3.14159265358979323846'),
    `b6${hex(Buffer.from('3.14159265358979323846'))}`,
  ],
  ['unknown', 'string', UnknownValue.plain, 'd40000'],
  ['unknown but not null', 'string', UnknownValue.notNull, 'c7030c8101c2'],
  ['an empty list', ['list', 'string'], [], '90'],
  ['a list with unknown and null', ['list', 'string'], ['a', UnknownValue.plain, null], '93a161d40000c0'],
  ['a list of 16', ['list', 'number'], new Array(16).fill(1), `dc0010${'01'.repeat(16)}`],
  ['a map, by key', ['map', 'number'], object({ b: 2, a: 1 }), '82a16101a16202'],
  [
    'an object with what is missing as null',
    ['object', { b: 'bool', a: 'string' }],
    object({ b: true }),
    '82a161c0a162c3',
  ],
  ['a tuple', ['tuple', ['string', 'bool']], ['x', false], '92a178c2'],
  ['a dynamic value', 'dynamic', new Dynamic('string', 'x'), `92c408${hex(Buffer.from('"string"'))}a178`],
  [
    'a dynamic list',
    'dynamic',
    new Dynamic(['list', 'bool'], [true]),
    `92c40f${hex(Buffer.from('["list","bool"]'))}91c3`,
  ],
  ['a dynamic null of no type', 'dynamic', null, 'c0'],
  [
    'a dynamic value that is unknown, of a known type',
    'dynamic',
    new Dynamic('bool', UnknownValue.plain),
    `92c406${hex(Buffer.from('"bool"'))}d40000`,
  ],
]

describe("Terraform's MessagePack", () => {
  it.each(golden)('writes and reads %s', (_, type, value, bytes) => {
    expect(hex(encodeValue(type, value))).toBe(bytes)
    const back = decodeValue(type, encodeValue(type, value))
    expect(hex(encodeValue(type, back))).toBe(hex(encodeValue(type, value)))
  })

  it('keeps refinements of unknown values as they came', () => {
    // {1: false, 2: "pre"}: not null, starting with "pre".
    const bytes = Buffer.from('d70c8201c202a3707265', 'hex')
    const refined = decodeValue('string', bytes)
    expect(refined).toBeInstanceOf(UnknownValue)
    expect(hex(encodeValue('string', refined))).toBe(hex(bytes))
  })

  it('takes any extension for unknown', () => {
    expect(decodeValue('number', Buffer.from('d45500', 'hex'))).toBe(UnknownValue.plain)
    expect(decodeValue(['map', 'string'], Buffer.from('d8010102030405060708090a0b0c0d0e0f10', 'hex'))).toBe(
      UnknownValue.plain,
    )
  })

  it('reads what other encoders may write: float32, long forms, 64-bit integers, fractions as text', () => {
    expect(decodeValue('number', Buffer.from('ca3fc00000', 'hex'))).toBe(1.5)
    expect(decodeValue('number', Buffer.from('cf0000000000000007', 'hex'))).toBe(7)
    expect(decodeValue('number', Buffer.from('d3fffffffffffffff9', 'hex'))).toBe(-7)
    expect(decodeValue('number', Buffer.from('cfffffffffffffffff', 'hex'))).toBe(18446744073709551615n)
    expect(decodeValue('number', Buffer.from('a431653230', 'hex'))).toBe(10n ** 20n)
    expect(decodeValue(['list', 'bool'], Buffer.from('dd00000001c3', 'hex'))).toEqual([true])
    expect(decodeValue(['map', 'bool'], Buffer.from('df00000001a161c3', 'hex'))).toEqual(object({ a: true }))
  })

  it('knows a double from its shortest decimal text', () => {
    const double = decodeValue('number', Buffer.from('cb3fb999999999999a', 'hex')) // the double nearest to 0.1
    expect(double).toEqual(new ExactNumber('0.1000000000000000055511151231257827021181583404541015625'))
    expect(valuesEqual('number', double, 0.1)).toBe(false)
    expect(hex(encodeValue('number', double))).toBe('cb3fb999999999999a')
  })

  it('reads members in any order, and names that are no ASCII', () => {
    const type = ['object', { a: 'number', b: 'string', ä: 'bool' }] as const
    const bytes = Buffer.from('83a162a3c3bc21a2c3a4c3a16107', 'hex')
    expect(decodeValue(type as never, bytes)).toEqual(object({ b: 'ü!', ä: true, a: 7 }))
  })

  it.each([0, 1, 31, 32, 255, 256, 257, 70_000])('reads and writes text of %i characters, ASCII or not', (length) => {
    for (const character of ['x', 'é', '€', '😀']) {
      const text = `${'x'.repeat(Math.max(0, length - 1))}${length ? character : ''}`
      expect(decodeValue('string', encodeValue('string', text))).toBe(text)
    }
  })

  it('treats __proto__ and constructor as keys like any other', () => {
    const map = object({ ['__proto__']: 'p', constructor: 'c', toString: 's' })
    const back = decodeValue(['map', 'string'], encodeValue(['map', 'string'], map))
    expect(Object.keys(back as object)).toEqual(['__proto__', 'constructor', 'toString'])
    expect('valueOf' in (back as object)).toBe(false)
  })

  it('agrees with an independent encoder wherever that can express the value', () => {
    const extensionCodec = new ExtensionCodec()
    for (const [name, , value, bytes] of golden) {
      if (name.includes('dynamic') || /text holds|no float|many digits|1e-7|missing/.test(name)) continue
      const plain = (raw: Raw): unknown =>
        raw instanceof UnknownValue
          ? new ExtData(raw.refinements.length ? 12 : 0, raw.refinements.length ? raw.refinements : Uint8Array.of(0))
          : Array.isArray(raw)
            ? raw.map(plain)
            : typeof raw === 'number' && Number.isInteger(raw) && Math.abs(raw) > 2 ** 31
              ? BigInt(raw)
              : name.startsWith('2^63, ')
                ? Number(raw)
                : raw
      expect(hex(encodeOracle(plain(value), { extensionCodec, useBigInt64: true, sortKeys: true })), name).toBe(bytes)
    }
  })
})

describe('what does not fit', () => {
  const failures: [name: string, type: Type, bytes: string, message: RegExp][] = [
    ['an end too early', 'string', 'a5616263', /ends too early/],
    ['bytes left over', 'bool', 'c3c3', /bytes are left/],
    ['a wrong kind', 'string', 'c3', /found bool, expected "string"/],
    ['text that is no number', 'number', 'a178', /no decimal number/],
    ['a list longer than its message', ['list', 'bool'], 'ddffffffff', /longer than its message/],
    ['a map longer than its message', ['map', 'bool'], 'dfffffffff', /longer than its message/],
    ['a tuple of another length', ['tuple', ['bool']], '92c3c3', /found array/],
    ['an attribute the schema lacks', ['object', { a: 'bool' }], '81a162c3', /"b" that is not in the schema/],
    ['a key that is no text', ['map', 'bool'], '8101c3', /map key is int/],
    ['a dynamic value without a type', 'dynamic', '91c3', /expected "dynamic"/],
    ['a dynamic type that is none', 'dynamic', `92c405${hex(Buffer.from('"foo"'))}c3`, /no Terraform type/],
    ['the byte that is never used', 'bool', 'c1', /never used/],
    ['text that is no UTF-8', 'string', 'a1ff', /./],
    ['a text of too many digits', 'number', `da0bb8${'31'.repeat(3000)}`, /more than 2000 digits/],
  ]
  it.each(failures)('fails on %s', (_, type, bytes, message) => {
    expect(() => decodeValue(type, Buffer.from(bytes, 'hex'))).toThrow(message)
  })
})
