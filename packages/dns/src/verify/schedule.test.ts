import { describe, expect, it } from 'vitest'
import { type LookState, nextLookDelay } from './schedule.ts'

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000]

const waiting: LookState = { ready: false, wasReady: false, doubted: false, enforced: false, attempt: 0 }
const delay = (fields: Partial<LookState>) => nextLookDelay({ ...waiting, ...fields }, 0.5)

describe('nextLookDelay', () => {
  it('looks often at first and never more seldom than every four hours in the first week', () => {
    const delays = Array.from({ length: 53 }, (_, attempt) => delay({ attempt }))
    expect(delays.slice(0, 7)).toEqual([
      15 * second,
      30 * second,
      minute,
      2 * minute,
      5 * minute,
      10 * minute,
      15 * minute,
    ])
    expect(Math.max(...delays)).toBe(4 * hour)
    const week = delays.reduce((sum, one) => sum + one, 0)
    expect(week).toBeGreaterThan(6.5 * day)
    expect(week).toBeLessThan(7.5 * day)
    expect(delay({ attempt: 53 })).toBe(day)
  })

  it('looks an hour after success, then daily, hourly while a policy is enforced', () => {
    expect(delay({ ready: true })).toBe(hour)
    expect(delay({ ready: true, wasReady: true })).toBe(day)
    expect(delay({ ready: true, wasReady: true, enforced: true })).toBe(hour)
  })

  it('looks again soon when a verified record is contradicted, but not before the contradiction counts', () => {
    expect(delay({ ready: true, wasReady: true, doubted: true })).toBe(6 * minute)
    expect(nextLookDelay({ ...waiting, doubted: true }, 0)).toBeGreaterThan(5 * minute)
  })

  it('spreads looks by a tenth either way', () => {
    expect(nextLookDelay(waiting, 0)).toBe(13_500)
    expect(nextLookDelay(waiting, 1)).toBe(16_500)
  })
})
