import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SharedAnswer } from './shared-answer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('asks once for all, and again when it was forgotten', async () => {
  const ask = vi.fn(async () => ask.mock.calls.length)
  const shared = new SharedAnswer<number>()
  expect(await Promise.all([shared.get(ask), shared.get(ask)])).toEqual([1, 1])
  shared.forget()
  expect(await shared.get(ask)).toBe(2)
})

it('lets a failure stand for ten seconds, the same for all, and then asks again', async () => {
  const ask = vi.fn(async () => Promise.reject(new Error(`failure ${ask.mock.calls.length}`)))
  const shared = new SharedAnswer<number>()
  const failure = () => shared.get(ask).catch((error: Error) => error)
  const first = await failure()
  await vi.advanceTimersByTimeAsync(9_000)
  expect(await failure()).toBe(first)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(await failure()).toMatchObject({ message: 'failure 2' })
})

it('keeps a new answer although an older one failed', async () => {
  const shared = new SharedAnswer<number>()
  await shared.get(() => Promise.reject(new Error('no'))).catch(() => {})
  shared.forget()
  await shared.get(async () => 1)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(await shared.get(async () => 2)).toBe(1)
})
