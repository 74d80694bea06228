import { expect, it } from 'vitest'
import { exactKey, valuesEqual } from './equal.ts'
import { rawObject } from './raw.ts'
import type { Type } from './type.ts'

const rule: Type = ['object', { name: 'string', ports: ['set', 'number'] }]
const of = (name: string, ports: number[]) =>
  rawObject([
    ['name', name],
    ['ports', ports],
  ])

it('the order of a set inside another set does not count', () => {
  const [left, right] = [of('a', [80, 443]), of('a', [443, 80])]
  expect(valuesEqual(['set', rule], [left, of('b', [1])], [of('b', [1]), right])).toBe(true)
  expect(valuesEqual(['set', rule], [left], [of('a', [80])])).toBe(false)
  expect(exactKey(rule, left)).toBe(exactKey(rule, right))
  expect(exactKey(['list', 'number'], [1, 2])).not.toBe(exactKey(['list', 'number'], [2, 1]))
})
