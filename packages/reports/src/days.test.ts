import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitByDay } from './days.ts'

const midnight = 1_772_409_600

describe('a count', () => {
  it('belongs to one day where the period is a day, ending at 23:59:59 or at 00:00:00 of the next', () => {
    expect(splitByDay(midnight, midnight + 86_399, 5)).toEqual([{ day: '2026-03-02', count: 5 }])
    expect(splitByDay(midnight, midnight + 86_400, 5)).toEqual([{ day: '2026-03-02', count: 5 }])
    expect(splitByDay(midnight + 60, midnight + 60, 5)).toEqual([{ day: '2026-03-02', count: 5 }])
  })

  it('is split over the days of a longer period in proportion', () => {
    expect(splitByDay(midnight + 43_200, midnight + 86_400 + 43_200, 11)).toEqual([
      { day: '2026-03-02', count: 6 },
      { day: '2026-03-03', count: 5 },
    ])
  })

  it('loses nothing when it is split', () => {
    fc.assert(
      fc.property(
        fc.nat(86_400),
        fc.nat(31 * 86_400),
        fc.integer({ min: 1, max: 1_000_000 }),
        (offset, span, count) => {
          const parts = splitByDay(midnight + offset, midnight + offset + span, count)
          expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(count)
          expect(parts.every((part) => Number.isInteger(part.count) && part.count > 0)).toBe(true)
          expect(new Set(parts.map(({ day }) => day)).size).toBe(parts.length)
        },
      ),
    )
  })
})
