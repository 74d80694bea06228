import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from './clock.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('sleeps as long as asked, also beyond what one timer can hold', async () => {
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

test('wakes at once when the signal aborts, and leaves no timer behind', async () => {
  const abort = new AbortController()
  const sleep = systemClock.sleep(1000, abort.signal)
  abort.abort('enough')
  await expect(sleep).rejects.toBe('enough')
  await expect(systemClock.sleep(1000, abort.signal)).rejects.toBe('enough')
  expect(vi.getTimerCount()).toBe(0)
})
