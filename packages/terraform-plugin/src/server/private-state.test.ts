import { expect, it } from 'vitest'
import { PrivateData } from './private-state.ts'

it('keeps what JSON can hold, also under odd keys, as it was when it was set', () => {
  const data = new PrivateData()
  const value = { list: [1] }
  data.set('a', value)
  data.set('__proto__', 'x')
  value.list.push(2)
  const read = new PrivateData(data.bytes)
  expect([read.get('a'), read.get('__proto__'), read.get('b')]).toEqual([{ list: [1] }, 'x', undefined])
  read.set('a', undefined)
  read.set('__proto__', undefined)
  expect(read.bytes).toHaveLength(0)
})

it('fails at once on what JSON cannot hold, not when an object was already made', () => {
  expect(() => new PrivateData().set('size', 1n)).toThrow(/BigInt/)
})
