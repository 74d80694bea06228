import { describe, expect, it } from 'vitest'
import { Unknown } from '../encoding/unknown.ts'
import { s } from './s.ts'
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
    [v.oneOfIgnoringCase('Small')('SMALL', at), undefined],
    [v.oneOfIgnoringCase('a')('b', at), 'Found "b", expected one of "a" in lower or upper case.'],
    [v.noneOf('root')('root', at), 'Found "root", expected none of "root".'],
    [v.atLeast(2)(1, at), 'Found 1, expected at least 2.'],
    [v.atMost(2)(3, at), 'Found 3, expected at most 2.'],
    [v.lengthAtLeast(2)('a', at), 'Found 1 character, expected at least 2.'],
    [v.lengthAtMost(2)('abc', at), 'Found 3 characters, expected at most 2.'],
    [v.sizeAtLeast(1)([], at), 'Found 0 elements, expected at least 1.'],
    [v.sizeAtMost(1)([1, 2], at), 'Found 2 elements, expected at most 1.'],
    [v.unique()(['a', Unknown, 'b', Unknown], at), undefined],
    [v.unique()(['a', 'b', 'a'], at), 'Elements 1 and 3 are the same: "a". Expected each only once.'],
    [v.unique()([1n, 1n], at), 'Elements 1 and 2 are the same: "1". Expected each only once.'],
    [v.unique()([{ a: Unknown }, { a: Unknown }], at), undefined],
    [
      v.uniqueBy<{ name: string }>('name')([{ name: 'x' }, { name: 'x' }], at),
      'Elements 1 and 2 have the same "name": "x". Expected each only once.',
    ],
    [
      v.uniqueBy((text: string) => text.toLowerCase())(['A', 'a'], at),
      'Elements 1 and 2 are the same: "a". Expected each only once.',
    ],
    [v.keysAre(v.lengthAtMost(1))({ a: 1, bb: 2 }, at), 'Key "bb": Found 2 characters, expected at most 1.'],
    [v.any(v.oneOf('auto'), v.matches(/^\d+$/, 'digits'))('12', at), undefined],
    [
      v.any(v.oneOf('auto'), v.matches(/^\d+$/, 'digits'))('x', at),
      'Found "x", expected one of "auto". Or: Found "x", expected digits.',
    ],
    [v.all(v.atLeast(1), v.atMost(2))(3, at), 'Found 3, expected at most 2.'],
  ])('%#: %s', (found, expected) => {
    expect(found).toBe(expected)
  })

  it('with a global pattern give the same answer each time', () => {
    const check = v.matches(/a/g, 'an a')
    expect([check('a', at), check('a', at)]).toEqual([undefined, undefined])
  })
})

it('choices are of the type of the attribute', () => {
  s.string().validate(v.oneOf('a'), v.noneOf('b'))
  s.integer().validate(v.oneOf(1), v.noneOf(2))
  // @ts-expect-error a number is never one of these texts
  s.integer().validate(v.oneOf('a'))
  // @ts-expect-error a text is never one of these numbers
  s.string().validate(v.noneOf(1))
  expect(v.noneOf(2)(1, at)).toBe(undefined)
})
