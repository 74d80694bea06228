import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryDelay } from './retry-delay.ts'

describe('retryDelay', () => {
  it('doubles up to eight seconds and is spread over its whole span', () => {
    const latest = [0, 1, 2, 3, 4, 5].map((attempt) => retryDelay(attempt, { random: () => 1 }))
    expect(latest).toEqual([500, 1000, 2000, 4000, 8000, 8000])
    expect(retryDelay(3, { random: () => 0 })).toBe(0)
  })

  it('takes other spans', () => {
    const options = { first: 100, longest: 250, random: () => 1 }
    expect([0, 1, 2].map((attempt) => retryDelay(attempt, options))).toEqual([100, 200, 250])
  })

  it('never waits less than the server asked for, and refuses to wait where it asks for too much', () => {
    const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.nat(60), fc.nat(200_000), fraction, (attempt, retryAfter, random) => {
        const delay = retryDelay(attempt, { retryAfter, random: () => random })
        if (retryAfter > 60_000) {
          expect(delay).toBeUndefined()
        } else {
          expect(delay).toBeGreaterThanOrEqual(retryAfter)
          expect(delay).toBeLessThanOrEqual(retryAfter + 500)
        }
      }),
    )
  })
})
