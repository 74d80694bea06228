import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from './retry-after.ts'

const now = Date.UTC(2026, 0, 1)

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['0.5', 500],
    ['1.25', 1_250],
    ['5, 30', 30_000],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Thursday, 01-Jan-26 00:01:00 GMT', 60_000],
    ['Thu Jan  1 00:01:00 2026', 60_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['2026-01-01T00:01:00Z', 60_000],
    ['2026-01-01T01:01:00.500+01:00', 60_500],
    ['2026-01-01', undefined],
    ['2026-01-01T00:01:00', undefined],
    ['-5', undefined],
    ['1.', undefined],
    ['1e3', undefined],
    ['9'.repeat(400), 1e13],
    ['later', undefined],
    ['Someday, soon', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('reads %j as %j milliseconds', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected)
  })

  it('answers a wait of zero or more, or nothing, whatever the header holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.date().map(String), fc.double().map(String)), (header) => {
        expect(parseRetryAfter(header, now) ?? 0).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
