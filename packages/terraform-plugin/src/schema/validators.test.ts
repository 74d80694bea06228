import { describe, expect, test } from 'vitest'
import { Unknown } from '../encoding/unknown.ts'
import * as v from './validators.ts'

const at = { path: ['x'] }

describe('checks of single values', () => {
  test.each([
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

  test('with a global pattern give the same answer each time', () => {
    const check = v.matches(/a/g, 'an a')
    expect([check('a', at), check('a', at)]).toEqual([undefined, undefined])
  })
})

describe('checks across attributes', () => {
  type Check = ReturnType<typeof v.exactlyOneOf>
  const errors = (check: Check, config: object): string[] => {
    const found: string[] = []
    check({ config, diagnostics: { error: (_, detail = '') => void found.push(detail), warning() {} } })
    return found
  }

  test.each<[string, Check, object, number]>([
    ['exactly one of none', v.exactlyOneOf('a', 'b'), { a: null, b: null }, 1],
    ['exactly one of one', v.exactlyOneOf('a', 'b'), { a: 1, b: null }, 0],
    ['exactly one of two', v.exactlyOneOf('a', 'b'), { a: 1, b: 2 }, 1],
    ['exactly one of an unknown', v.exactlyOneOf('a', 'b'), { a: Unknown, b: null }, 0],
    ['exactly one of an empty block list', v.exactlyOneOf('a', 'b'), { a: [], b: null }, 1],
    ['at least one of none', v.atLeastOneOf('a', 'b'), { a: null, b: null }, 1],
    ['at least one of an unknown', v.atLeastOneOf('a', 'b'), { a: Unknown, b: null }, 0],
    ['at most one of two', v.conflicting('a', 'b'), { a: 1, b: 2 }, 1],
    ['at most one of one and an unknown', v.conflicting('a', 'b'), { a: 1, b: Unknown }, 0],
    ['together, with one missing', v.requiredTogether('a', 'b'), { a: 1, b: null }, 1],
    ['together, with one unknown', v.requiredTogether('a', 'b'), { a: 1, b: Unknown }, 0],
    ['together, with none', v.requiredTogether('a', 'b'), { a: null, b: null }, 0],
  ])('%s', (_, check, config, count) => {
    expect(errors(check, config)).toHaveLength(count)
  })

  test('name what is set and what is missing', () => {
    expect(errors(v.requiredTogether('user', 'key'), { user: 'x', key: null })).toEqual([
      '"user" is set without "key". Set all of "user", "key", or none.',
    ])
  })
})
