import { decode as decodeOracle, ExtensionCodec } from '@msgpack/msgpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeValue } from './decode.ts'
import { Dynamic } from './dynamic.ts'
import { encodeValue } from './encode.ts'
import { valuesEqual } from './equal.ts'
import { decodeJsonValue } from './json.ts'
import { fromFloat64, numbersEqual, numberText, parseNumber } from './number.ts'
import { hasUnknown, type Raw, rawObject, UnknownValue } from './raw.ts'
import type { Type } from './type.ts'

const name = fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.constantFrom('__proto__', 'constructor', 'ключ'))

const simple = fc.constantFrom<Type>('string', 'number', 'bool')
const { type: anyType } = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    simple,
    fc.constant<Type>('dynamic'),
    fc
      .tuple(fc.constantFrom('list', 'set', 'map'), tie('type'))
      .map(([kind, element]): Type => [kind, element] as Type),
    fc.array(tie('type'), { maxLength: 3 }).map((types): Type => ['tuple', types]),
    fc.dictionary(name, tie('type'), { maxKeys: 3, noNullPrototype: true }).map((types): Type => ['object', types]),
  ),
}))

const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }).map((value) => parseNumber(String(value))),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(fromFloat64),
  fc
    .tuple(fc.bigInt(), fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 40 }))
    .map(([whole, decimals]) => parseNumber(`${whole}.${decimals}`)),
)

function valuesOf(type: Type, depth = 0): fc.Arbitrary<Raw> {
  const nothing = fc.constantFrom<Raw>(null, UnknownValue.plain, UnknownValue.notNull)
  return fc.oneof({ weight: 8, arbitrary: known(type, depth) }, { weight: 1, arbitrary: nothing })
}

function known(type: Type, depth: number): fc.Arbitrary<Raw> {
  if (type === 'string') return fc.string({ unit: 'grapheme' })
  if (type === 'bool') return fc.boolean()
  if (type === 'number') return number
  if (type === 'dynamic')
    return simple.chain((inner) => valuesOf(inner, depth + 1).map((value) => new Dynamic(inner, value)))
  switch (type[0]) {
    case 'list':
    case 'set':
      return fc.array(valuesOf(type[1], depth + 1), { maxLength: 4 })
    case 'map':
      return fc
        .dictionary(name, valuesOf(type[1], depth + 1), { maxKeys: 4 })
        .map((map) => rawObject(Object.entries(map)))
    case 'tuple':
      return fc.tuple(...type[1].map((member) => valuesOf(member, depth + 1)))
    case 'object':
      return fc
        .tuple(
          ...Object.entries(type[1]).map(([key, member]) =>
            valuesOf(member, depth + 1).map((value) => [key, value] as const),
          ),
        )
        .map((entries) => rawObject(entries))
  }
}

const typed = anyType.chain((type) => valuesOf(type).map((value) => ({ type, value })))

describe('any value of any type', () => {
  it('comes back from MessagePack as it was', () => {
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        const bytes = encodeValue(type, value)
        const back = decodeValue(type, bytes)
        expect(valuesEqual(type, back, value)).toBe(true)
        expect(Buffer.from(encodeValue(type, back))).toEqual(Buffer.from(bytes))
      }),
      { numRuns: 1_000 },
    )
  })

  it('is MessagePack an independent decoder reads', () => {
    const extensionCodec = new ExtensionCodec()
    for (const type of [0, 12]) extensionCodec.register({ type, encode: () => null, decode: () => 'unknown' })
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        // That decoder refuses the key __proto__, which is its right.
        fc.pre(
          !JSON.stringify([type, value], (_, member) => (typeof member === 'bigint' ? 0 : member)).includes(
            '__proto__',
          ),
        )
        decodeOracle(encodeValue(type, value), { extensionCodec, useBigInt64: true })
      }),
      { numRuns: 300 },
    )
  })

  it('equals itself and, where order means nothing, itself reordered', () => {
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        expect(valuesEqual(type, value, value)).toBe(true)
        if (Array.isArray(value)) {
          expect(valuesEqual(['set', 'dynamic'], wrap(value), wrap([...value].reverse()))).toBe(true)
        }
      }),
    )
  })

  it('fails to decode when cut short, and never reads past its end', () => {
    fc.assert(
      fc.property(typed, fc.nat(), ({ type, value }, cut) => {
        const bytes = encodeValue(type, value)
        expect(() => decodeValue(type, bytes.subarray(0, cut % bytes.length))).toThrow()
      }),
    )
  })

  it('never takes random bytes for more than they are', () => {
    fc.assert(
      fc.property(anyType, fc.uint8Array({ maxLength: 64 }), (type, bytes) => {
        try {
          hasUnknown(decodeValue(type, bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
          expect((error as Error).message).not.toMatch(/undefined|not a function/)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

const wrap = (values: readonly Raw[]): Raw =>
  values.map(
    (value) =>
      new Dynamic(
        'string',
        JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)),
      ),
  )

describe('numbers', () => {
  it('keep every digit of their text', () => {
    fc.assert(
      fc.property(number, (value) => {
        expect(numbersEqual(parseNumber(numberText(value)), value)).toBe(true)
        expect(numberText(value)).toMatch(/^-?\d+(\.\d*[1-9])?$/)
      }),
    )
  })

  it('come from a double and lead back to it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(numberText(fromFloat64(value)))).toBe(value === 0 ? 0 : value)
      }),
    )
  })

  it('in a stored state keep every digit', () => {
    fc.assert(
      fc.property(number, (value) => {
        const json = new TextEncoder().encode(`{"a":${numberText(value)}}`)
        const decoded = decodeJsonValue(['object', { a: 'number' }], json) as { a: Raw }
        expect(valuesEqual('number', decoded.a, value)).toBe(true)
      }),
    )
  })
})
