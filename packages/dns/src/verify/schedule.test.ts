import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CheckHistory, type LookState, nextCheck, nextLookDelay, nextManualCheck } from './schedule.ts'

const start = new Date('2026-05-04T10:00:00Z')
const after = (ms: number, from = start) => new Date(from.getTime() + ms)
const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000]
const middle = () => 0.5

/** Looks exactly when told to, and answers the gaps in milliseconds. */
function gaps(count: number, over: Partial<CheckHistory> = {}): number[] {
  const found: number[] = []
  let lastLookAt: Date | undefined
  for (let looks = 0; looks < count; looks++) {
    const now = lastLookAt ?? start
    const { at } = nextCheck({ startedAt: start, looks, ...(lastLookAt && { lastLookAt }), ...over }, now, middle)
    found.push(at.getTime() - now.getTime())
    lastLookAt = at
  }
  return found
}

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

describe('nextCheck', () => {
  it('looks at once when the owner says so, then less and less often, up to every four hours', () => {
    const found = gaps(20)
    expect(found.slice(0, 9)).toEqual([
      0,
      15 * second,
      30 * second,
      minute,
      2 * minute,
      5 * minute,
      10 * minute,
      15 * minute,
      22.5 * minute,
    ])
    expect(Math.max(...found)).toBe(4 * hour)
    expect(found.at(-1)).toBe(4 * hour)
  })

  it('never looks before the owner says so', () => {
    expect(nextCheck({ startedAt: after(hour), looks: 0 }, start, middle).at).toEqual(after(hour))
  })

  it('looks daily after a week, and gives notice at 7 and at 30 days, once', () => {
    const history = { startedAt: start, looks: 60, lastLookAt: after(7 * day) }
    expect(nextCheck(history, after(7 * day), middle)).toEqual({ at: after(8 * day), notice: '7-days' })
    expect(nextCheck({ ...history, noticed: ['7-days'] }, after(7 * day), middle).notice).toBeUndefined()
    expect(nextCheck({ ...history, noticed: ['7-days'] }, after(30 * day), middle).notice).toBe('30-days')
    expect(nextCheck({ ...history, noticed: ['30-days'] }, after(31 * day), middle).notice).toBeUndefined()
  })

  it('looks an hour after it was verified, then daily', () => {
    const verified = { startedAt: start, looks: 9, verifiedAt: start }
    expect(nextCheck({ ...verified, lastLookAt: start }, start, middle).at).toEqual(after(hour))
    expect(nextCheck({ ...verified, lastLookAt: after(hour) }, after(hour), middle).at).toEqual(after(hour + day))
  })

  it('looks hourly while the policy is enforced', () => {
    const history = { startedAt: start, looks: 9, verifiedAt: start, lastLookAt: after(3 * day), enforce: true }
    expect(nextCheck(history, after(3 * day), middle).at).toEqual(after(3 * day + hour))
  })

  it('looks again five minutes after a contradiction, never earlier', () => {
    const history = { startedAt: start, looks: 9, verifiedAt: start, lastLookAt: start, contrarySince: start }
    expect(nextCheck(history, start, () => 0).at).toEqual(after(5 * minute))
    expect(nextCheck(history, start, () => 0.99).at.getTime()).toBeGreaterThan(after(5 * minute).getTime())
  })

  it('reads dates as they come out of a store', () => {
    const history = { startedAt: start.toISOString(), looks: 1, lastLookAt: start.toISOString() }
    expect(nextCheck(history, start, middle).at).toEqual(after(15 * second))
  })

  it('never answers a time before now, nor more than 26.4 hours after the last look', () => {
    const history = fc.record({
      startedAt: fc.constant(start),
      looks: fc.nat(10_000),
      lastLookAt: fc.nat(400 * day).map((ms) => after(ms)),
    })
    fc.assert(
      fc.property(history, fc.nat(500 * day), fc.double({ min: 0, max: 1, noNaN: true }), (past, ms, random) => {
        const now = after(ms)
        const { at } = nextCheck(past, now, () => random)
        expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime())
        expect(at.getTime()).toBeLessThanOrEqual(Math.max(now.getTime(), past.lastLookAt.getTime() + 1.1 * day))
      }),
    )
  })
})

describe('nextManualCheck', () => {
  it('allows a look at once, then one every ten seconds', () => {
    expect(nextManualCheck(undefined, start)).toEqual(start)
    expect(nextManualCheck(start, after(4 * second))).toEqual(after(10 * second))
    expect(nextManualCheck(start, after(11 * second))).toEqual(after(11 * second))
  })
})
