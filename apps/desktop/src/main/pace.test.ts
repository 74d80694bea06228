import { describe, expect, it } from 'vitest'
import { paced, paceOf } from './pace.ts'

describe('the pace of looks', () => {
  it('is faster only in a build under test that asks for it', () => {
    expect(paceOf({ DMARC_WATCH_PACE: '5' }, false)).toBe(5)
    expect(paceOf({ DMARC_WATCH_PACE: '5' }, true)).toBe(1)
    expect(paceOf({}, false)).toBe(1)
  })

  it.each(['0', '-3', '0.1', 'fast', 'Infinity', 'NaN', ''])('is the usual one when asked for %j', (pace) => {
    expect(paceOf({ DMARC_WATCH_PACE: pace }, false)).toBe(1)
  })

  it('makes time pass faster, and waits shorter by as much', async () => {
    let now = 1000
    const slept: number[] = []
    const clock = paced({ now: () => now, sleep: async (ms) => void slept.push(ms) }, 5)
    expect(clock.now()).toBe(1000)
    now += 100
    expect(clock.now()).toBe(1500)
    await clock.sleep(10_000)
    expect(slept).toEqual([2000])
  })
})
