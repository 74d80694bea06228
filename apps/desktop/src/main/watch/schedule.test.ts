import { describe, expect, it } from 'vitest'
import { nextDelay, withJitter } from './schedule.ts'

const now = 1_000_000_000
const minute = 60_000

describe('nextDelay', () => {
  it.each([
    ['ten seconds just after a change', { pendingSince: now - 5_000 }, 10_000],
    ['half a minute later on', { pendingSince: now - 10 * minute }, 30_000],
    ['minutes after a quarter of an hour', { pendingSince: now - 60 * minute }, 3 * minute],
    ['seldom for what has been open for days', { pendingSince: now - 3 * 24 * 60 * minute }, 20 * minute],
    ['hourly when all is well', {}, 60 * minute],
    ['soon after a first failure', { failures: 1 }, 5_000],
    ['at most every five minutes while nobody answers', { failures: 40 }, 5 * minute],
    ['as long as the server asks', { retryAfter: 42_000, failures: 1 }, 42_000],
    ['no longer than an hour, whatever it asks', { retryAfter: 1e12 }, 60 * minute],
  ])('%s', (_name, facts, delay) => {
    expect(nextDelay({ now, failures: 0, ...facts })).toBe(delay)
  })
})

it('jitter stays within a tenth', () => {
  expect(withJitter(1000, () => 0)).toBe(900)
  expect(withJitter(1000, () => 0.999999)).toBe(1100)
})
