import { expect, it } from 'vitest'
import { isKnown, isSet, Unknown } from './unknown.ts'

it('tells known from unknown and set from unset', () => {
  expect([Unknown, null, 0, ''].map(isKnown)).toEqual([false, true, true, true])
  expect([Unknown, null, undefined, 0, ''].map(isSet)).toEqual([false, false, false, true, true])
})

it('fails when an unknown value is used as text or number, also at compile time', () => {
  // @ts-expect-error a symbol does not turn into text
  expect(() => `${Unknown}`).toThrow(TypeError)
  // @ts-expect-error nor does it take part in sums
  expect(() => Unknown + 1).toThrow(TypeError)
})
