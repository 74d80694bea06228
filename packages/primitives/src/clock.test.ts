import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { after, systemClock } from './clock.ts'

describe('systemClock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('sleeps as long as asked, also beyond what one timer can hold', async () => {
    const days = 40 * 24 * 3600 * 1000
    let awake = false
    const sleep = systemClock.sleep(days).then(() => {
      awake = true
    })
    await vi.advanceTimersByTimeAsync(days - 1)
    expect(awake).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await sleep
    expect(awake).toBe(true)
  })

  it('wakes at once when the signal aborts, and leaves no timer behind', async () => {
    const abort = new AbortController()
    const sleep = systemClock.sleep(1000, abort.signal)
    abort.abort('enough')
    await expect(sleep).rejects.toBe('enough')
    await expect(systemClock.sleep(1000, abort.signal)).rejects.toBe('enough')
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('after', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('calls back once when the time is up', async () => {
    const callback = vi.fn()
    after(systemClock, 50, callback)
    await vi.advanceTimersByTimeAsync(49)
    expect(callback).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(500)
    expect(callback).toHaveBeenCalledOnce()
  })

  it('does not call back after it was cancelled, and leaves no timer behind', async () => {
    const callback = vi.fn()
    const cancel = after(systemClock, 50, callback)
    cancel()
    await vi.advanceTimersByTimeAsync(500)
    expect(callback).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })
})
