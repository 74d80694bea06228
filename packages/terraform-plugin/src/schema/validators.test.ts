import { describe, expect, it } from 'vitest'
import { Unknown } from '../encoding/unknown.ts'
import * as v from './validators.ts'

const at = { path: ['x'] }

describe('checks of single values', () => {
  it.each([
    [v.oneOf('a', 'b')('c', at), 'Found "c", expected one of "a", "b".'],
    [v.oneOf(1, 2)(1, at), undefined],
    [v.lengthBetween(1, 2)('', at), 'Found 0 characters, expected 1 to 2.'],
    [v.lengthBetween(1, 2)('👩🏽', at), undefined],
    [v.matches(/^\d+$/g, 'digits')('x', at), 'Found "x", expected digits.'],
    [v.matches(/^\d+$/, 'digits')('12', at), undefined],
    [v.between(1, 5)(6, at), 'Found 6, expected 1 to 5.'],
    [v.between(1, 5)(5, at), undefined],
    [v.sizeBetween(1, 2)([], at), 'Found 0 elements, expected 1 to 2.'],
    [v.sizeBetween(1, 2)({ a: 1 }, at), undefined],
    [v.each(v.oneOf('a'))(['a', Unknown, 'b'], at), 'Element 3: Found "b", expected one of "a".'],
    [v.each(v.oneOf('a'))(['a'], at), undefined],
  ])('%#: %s', (found, expected) => {
    expect(found).toBe(expected)
  })

  it('with a global pattern give the same answer each time', () => {
    const check = v.matches(/a/g, 'an a')
    expect([check('a', at), check('a', at)]).toEqual([undefined, undefined])
  })
})
