import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bool,
  bytes,
  embedded,
  int,
  map,
  message,
  optionalBytes,
  optionalInt,
  optionalString,
  repeated,
  string,
} from './message.ts'

const hex = (data: Uint8Array) => Buffer.from(data).toString('hex')
const Inner = message({ name: string(1), n: int(2) })
const Outer = message({
  text: string(1),
  flag: bool(2),
  number: int(3),
  data: bytes(4),
  inner: embedded(5, () => Inner),
  list: repeated(6, () => Inner),
  table: map(7, () => Inner),
  maybeText: optionalString(8),
  maybeNumber: optionalInt(9),
  maybeData: optionalBytes(20),
})

describe('protobuf', () => {
  // The examples of the encoding guide of Protocol Buffers, and what follows from its rules.
  it.each([
    [{ number: 150 }, '189601'],
    [{ text: 'testing' }, '0a0774657374696e67'],
    [{ inner: { n: 150 } }, '2a03109601'],
    [{ number: -1 }, '18ffffffffffffffffff01'],
    [{ number: 2 ** 40 }, '18808080808020'],
    [{ flag: true }, '1001'],
    [{ data: Uint8Array.of(1, 2) }, '22020102'],
    [{ list: [{ n: 1 }, {}] }, '320210013200'],
    [{ table: { a: { n: 1 } } }, '3a070a016112021001'],
    [{ maybeText: '' }, '4200'],
    [{ maybeNumber: 0 }, '4800'],
    [{ maybeData: new Uint8Array(0) }, 'a20100'],
    [{ text: '', flag: false, number: 0, data: new Uint8Array(0), list: [] }, ''],
  ])('writes %j', (value, expected) => {
    expect(hex(Outer.encode(value))).toBe(expected)
  })

  it('reads absent fields as their zero values', () => {
    expect(Outer.decode(new Uint8Array(0))).toEqual({
      text: '',
      flag: false,
      number: 0,
      data: new Uint8Array(0),
      inner: undefined,
      list: [],
      table: {},
      maybeText: undefined,
      maybeNumber: undefined,
      maybeData: undefined,
    })
  })

  it('skips unknown fields of every wire type, and fields of another type', () => {
    const unknown = '9801 7b' + '9901 0102030405060708' + '9a01 02 0102' + '9d01 01020304' + '08 05'
    const decoded = Outer.decode(Buffer.from(`${unknown.replaceAll(' ', '')}0a0178`, 'hex'))
    expect(decoded.text).toBe('x')
  })

  it.each([
    ['0a05', 'longer than its message'],
    ['18', 'ends too early'],
    ['99010102', 'ends too early'],
    ['18ffffffffffffffffffffff', 'longer than ten bytes'],
    ['18ffffffffffffffff7f', 'too large'],
    ['9b01', 'wire type 3'],
  ])('fails on %s', (data, reason) => {
    expect(() => Outer.decode(Buffer.from(data, 'hex'))).toThrow(reason)
  })

  it('reads back what it wrote', () => {
    const inner = fc.record({ name: fc.string(), n: fc.maxSafeInteger() })
    const outer = fc.record(
      {
        text: fc.string({ unit: 'grapheme' }),
        flag: fc.boolean(),
        number: fc.maxSafeInteger(),
        data: fc.uint8Array(),
        inner,
        list: fc.array(inner),
        table: fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          inner,
          { noNullPrototype: true },
        ),
        maybeText: fc.string(),
        maybeNumber: fc.maxSafeInteger(),
        maybeData: fc.uint8Array(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(outer, (value) => {
        expect(Outer.decode(Outer.encode(value))).toEqual({ ...Outer.decode(new Uint8Array(0)), ...value })
      }),
    )
  })
})
