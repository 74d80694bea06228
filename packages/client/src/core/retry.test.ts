import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRetryAfter, retryDelay } from './retry.ts'

const now = Date.UTC(2026, 0, 1)

test.each([
  ['0', 0],
  ['120', 120_000],
  [' 5 ', 5_000],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['Thursday, 01-Jan-26 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
  ['-5', undefined],
  ['1.5', undefined],
  ['later', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %j means %j milliseconds', (header, expected) => {
  expect(parseRetryAfter(header, now)).toBe(expected)
})

test('no wait is negative or longer than a minute, whatever the server asks', () => {
  const hint = fc.option(fc.nat(1e9), { nil: undefined })
  fc.assert(
    fc.property(fc.nat(60), hint, fc.double({ min: 0, max: 1, noNaN: true }), (attempt, retryAfter, random) => {
      const delay = retryDelay(attempt, retryAfter, () => random)
      expect(delay).toBeGreaterThanOrEqual(Math.min(retryAfter ?? 0, 60_000))
      expect(delay).toBeLessThanOrEqual(60_000)
    }),
  )
})

test('the back-off doubles up to eight seconds and is spread over its whole span', () => {
  expect([0, 1, 2, 3, 4, 5].map((attempt) => retryDelay(attempt, undefined, () => 1))).toEqual([
    500, 1000, 2000, 4000, 8000, 8000,
  ])
  expect(retryDelay(3, undefined, () => 0)).toBe(0)
})
