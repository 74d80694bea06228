import { expect, it } from 'vitest'
import { encodeValue } from '../encoding/encode.ts'
import { rawObject } from '../encoding/raw.ts'
import type { ObjectType } from '../encoding/type.ts'
import { objectFromWire, toWire } from './values.ts'

const objectType = (): ObjectType => ['object', { name: 'string', size: 'number' }]
const bytesOf = (type: ObjectType, name: string) =>
  encodeValue(
    type,
    rawObject([
      ['name', name],
      ['size', 3],
    ]),
  )

it('the same bytes are one object for a while, which is written as the bytes it came as', () => {
  const type = objectType()
  const msgpack = bytesOf(type, 'a')
  const first = objectFromWire(type, { msgpack, json: new Uint8Array(0) })
  expect(objectFromWire(type, { msgpack: msgpack.slice(), json: new Uint8Array(0) })).toBe(first)
  expect(toWire(type, first).msgpack).toBe(msgpack)
})

it('what was written comes back as the object it was', () => {
  const type = objectType()
  const value = rawObject([
    ['name', 'b'],
    ['size', null],
  ])
  const { msgpack } = toWire(type, value)
  expect(objectFromWire(type, { msgpack: Uint8Array.from(msgpack ?? []) })).toBe(value)
})

it('equal bytes of another type are read by that type', () => {
  const [one, other]: ObjectType[] = [
    ['object', { list: ['list', 'string'] }],
    ['object', { list: ['set', 'string'] }],
  ] as ObjectType[] as [ObjectType, ObjectType]
  const msgpack = encodeValue(one as ObjectType, rawObject([['list', ['x']]]))
  const first = objectFromWire(one as ObjectType, { msgpack })
  expect(objectFromWire(other as ObjectType, { msgpack })).not.toBe(first)
})

it('old values are forgotten, so that memory stays small', () => {
  const type = objectType()
  const msgpack = bytesOf(type, 'first')
  const first = objectFromWire(type, { msgpack })
  for (let index = 0; index < 200; index++) objectFromWire(type, { msgpack: bytesOf(type, `name ${index}`) })
  const again = objectFromWire(type, { msgpack })
  expect(again).not.toBe(first)
  expect(again).toEqual(first)
})

it('fails on an unknown value where an object is expected', () => {
  expect(() => objectFromWire(objectType(), { msgpack: Uint8Array.of(0xd4, 0, 0) })).toThrow('unknown value')
})
