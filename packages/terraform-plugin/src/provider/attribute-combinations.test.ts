import { describe, expect, it } from 'vitest'
import { Unknown } from '../encoding/unknown.ts'
import * as v from './attribute-combinations.ts'

describe('checks across attributes', () => {
  type Check = ReturnType<typeof v.exactlyOneOf>
  const errors = (check: Check, config: Record<string, unknown>): string[] => {
    const found: string[] = []
    check({ config, diagnostics: { error: (_, detail = '') => void found.push(detail), warning() {} } })
    return found
  }

  it.each<[string, Check, Record<string, unknown>, number]>([
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

  it('name what is set and what is missing', () => {
    expect(errors(v.requiredTogether('user', 'key'), { user: 'x', key: null })).toEqual([
      '"user" is set without "key". Set all of "user", "key", or none.',
    ])
  })
})
