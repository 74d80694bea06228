import { describe, expect, it } from 'vitest'
import { after } from '../clock.ts'
import { FakeClock } from './fake-clock.ts'

describe('FakeClock', () => {
  it('ends sleeps in their order, and those begun meanwhile too', async () => {
    const clock = new FakeClock()
    const began = clock.now()
    const events: [string, number][] = []
    const note = (name: string) => events.push([name, clock.now() - began])
    after(clock, 30, () => note('c'))
    after(clock, 10, () => {
      note('a')
      after(clock, 10, () => note('b'))
    })
    after(clock, 100, () => note('never'))
    expect(clock.nextIn).toBe(10)
    await clock.advance(50)
    expect(events).toEqual([
      ['a', 10],
      ['b', 20],
      ['c', 30],
    ])
    expect(clock.now() - began).toBe(50)
    expect(clock.timers).toBe(1)
    expect(clock.slept).toEqual([30, 10, 100, 10])
  })

  it('forgets a sleep whose signal aborts', async () => {
    const clock = new FakeClock()
    const abort = new AbortController()
    const sleep = clock.sleep(10, abort.signal)
    abort.abort('enough')
    await expect(sleep).rejects.toBe('enough')
    await expect(clock.sleep(10, abort.signal)).rejects.toBe('enough')
    expect(clock.timers).toBe(0)
    expect(clock.nextIn).toBeUndefined()
  })
})
