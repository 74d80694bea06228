import { describe, expect, it } from 'vitest'
import { type Raw, rawObject } from '../encoding/raw.ts'
import { fieldSpecs, s } from '../schema/s.ts'
import {
  any,
  atLeast,
  between,
  each,
  keysAre,
  matches,
  noneOf,
  oneOf,
  oneOfIgnoringCase,
  unique,
  uniqueBy,
} from '../schema/validators.ts'
import { objectProblems } from '../schema/value-problems.ts'
import type { Fields } from '../schema/views.ts'
import { brokenPromises } from './check-applied.ts'

const problems = (attribute: Fields[string], value: Raw) => [
  ...objectProblems(fieldSpecs({ a: attribute }), rawObject([['a', value]])),
]
const SECRET = 'pa"ss\nword'
const login = (password: string) => rawObject([['password', password]])

describe('the sentence about a sensitive value', () => {
  it.each<[string, Fields[string], Raw]>([
    ['broken JSON', s.json().optional().sensitive(), `{"password": ${SECRET}`],
    ['oneOf', s.string().validate(oneOf('x')).optional().sensitive(), SECRET],
    ['oneOfIgnoringCase', s.string().validate(oneOfIgnoringCase('x')).writeOnly(), SECRET],
    ['noneOf', s.string().validate(noneOf(SECRET)).writeOnly(), SECRET],
    ['matches', s.string().validate(matches(/^x/, 'an x')).optional().sensitive(), SECRET],
    [
      'any',
      s
        .string()
        .validate(any(oneOf('x'), oneOf('y')))
        .optional()
        .sensitive(),
      SECRET,
    ],
    ['unique', s.list(s.string()).validate(unique()).optional().sensitive(), [SECRET, SECRET]],
    [
      'each',
      s
        .list(s.string())
        .validate(each(oneOf('x')))
        .optional()
        .sensitive(),
      [SECRET],
    ],
    [
      'an element',
      s
        .list(s.string().validate(oneOf('x')))
        .optional()
        .sensitive(),
      [SECRET],
    ],
    [
      'keysAre',
      s
        .map(s.string())
        .validate(keysAre(oneOf('x')))
        .optional()
        .sensitive(),
      rawObject([[SECRET, 'v']]),
    ],
    [
      'an element of a map',
      s
        .map(s.string().validate(oneOf('x')))
        .optional()
        .sensitive(),
      rawObject([[SECRET, 'v']]),
    ],
    ['a null in a map', s.map(s.string()).optional().sensitive(), rawObject([[SECRET, null]])],
    [
      'a member of a sensitive object',
      s
        .object({ password: s.string().validate(oneOf('x')).optional() })
        .optional()
        .sensitive(),
      login(SECRET),
    ],
    [
      'a list with a sensitive member',
      s
        .list(s.object({ password: s.string().optional().sensitive() }))
        .validate(unique(), uniqueBy('password'))
        .optional(),
      [login(SECRET), login(SECRET)],
    ],
  ])('repeats nothing of it: %s', (_, attribute, value) => {
    const told = JSON.stringify(problems(attribute, value))
    expect(told).toMatch(/message/)
    expect(told).not.toMatch(/pa\\|ss\\|word": |"v"/)
  })

  it.each<[string, Fields[string], Raw]>([
    ['between', s.integer().validate(between(1, 2)).optional().sensitive(), 739],
    ['atLeast', s.integer().validate(atLeast(1000)).optional().sensitive(), 739],
    ['a number that must be whole', s.integer().optional().sensitive(), 739.5],
    ['a whole number of any size', s.bigint().optional().sensitive(), 739.5],
  ])('repeats no number, which is too short for a mask: %s', (_, attribute, value) => {
    expect(problems(attribute, value).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Found a sensitive value, expected (?!.*739)/),
    ])
  })

  it('hides what an apply broke inside a sensitive object', () => {
    const fields = fieldSpecs({ a: s.object({ password: s.string().optional() }).optional().sensitive() })
    const object = (password: string) => rawObject([['a', login(password)]])
    expect(brokenPromises(fields, object('x'), object('y'))).toMatchObject([{ secret: true }])
  })
})

it('repeats what is not sensitive', () => {
  const [problem] = problems(s.string().validate(oneOf('x')).optional(), 'open')
  expect(problem?.message).toBe('Found "open", expected one of "x".')
})
