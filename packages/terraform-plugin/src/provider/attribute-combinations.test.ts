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
    ['a conflict with one of two', v.conflictsWith('a', 'b', 'c'), { a: 1, b: null, c: 2 }, 1],
    ['no conflict among the others', v.conflictsWith('a', 'b', 'c'), { a: null, b: 1, c: 2 }, 0],
    ['a conflict with an unknown', v.conflictsWith('a', 'b'), { a: 1, b: Unknown }, 0],
    ['what is required, missing', v.alsoRequires('a', 'b', 'c'), { a: 1, b: 2, c: null }, 1],
    ['what is required, unknown', v.alsoRequires('a', 'b'), { a: 1, b: Unknown }, 0],
    ['what is required by nothing', v.alsoRequires('a', 'b'), { a: null, b: null }, 0],
    ['nested attributes, one set', v.exactlyOneOf('a.x', 'b'), { a: { x: 1 }, b: null }, 0],
    ['nested attributes, both set', v.exactlyOneOf('a.x', 'b'), { a: { x: 1 }, b: 1 }, 1],
    ['nested attributes of nothing', v.exactlyOneOf('a.x', 'b'), { a: null, b: null }, 1],
    ['nested attributes of an unknown', v.exactlyOneOf('a.x', 'b'), { a: Unknown, b: null }, 0],
    [
      'elements, two of three wrong',
      v.within('a', v.exactlyOneOf('x', 'y')),
      { a: [{ x: 1, y: 1 }, { x: 1, y: null }, { x: null, y: null }, Unknown] },
      2,
    ],
    ['elements of nothing', v.within('a', v.exactlyOneOf('x', 'y')), { a: null }, 0],
    ['together, with none', v.requiredTogether('a', 'b'), { a: null, b: null }, 0],
  ])('%s', (_, check, config, count) => {
    expect(errors(check, config)).toHaveLength(count)
  })

  it('say where in nested attributes something is wrong', () => {
    const found: unknown[] = []
    const config = {
      login: { user: 'x', key: null },
      disks: Object.assign(Object.create(null), { a: { gb: 1, size: 2 } }),
      rule: [{ deep: { x: null } }],
    }
    const checks = [
      v.alsoRequires('login.user', 'login.key'),
      v.within('disks', v.conflicting('gb', 'size')),
      v.within('rule', v.within('deep', v.atLeastOneOf('x'))),
    ]
    for (const check of checks) {
      check({
        config,
        diagnostics: { error: (...[, , path]: unknown[]) => void found.push(path), warning() {} },
      } as never)
    }
    expect(found).toEqual([
      ['login', 'user'],
      ['disks', 'a', 'size'],
      ['rule', 0, 'deep'],
    ])
  })

  it('name what is set and what is missing', () => {
    expect(errors(v.requiredTogether('user', 'key'), { user: 'x', key: null })).toEqual([
      '"user" is set without "key". Set all of "user", "key", or none.',
    ])
  })
})
