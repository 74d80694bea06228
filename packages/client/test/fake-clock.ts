import type { Clock } from '../src/index.ts'

export interface FakeClock extends Clock {
  /** The sleeps that were carried out, in milliseconds. */
  readonly slept: number[]
}

/** Longer sleeps are deadlines: they end only when enough shorter ones have passed. */
const longestPause = 61_000

/** A clock on which pauses pass at once. Starts at 2026-01-01. */
export function fakeClock(): FakeClock {
  let now = Date.UTC(2026, 0, 1)
  const slept: number[] = []
  const deadlines = new Set<{ at: number; ring: () => void }>()
  return {
    slept,
    now: () => now,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        if (ms > longestPause) {
          const deadline = { at: now + ms, ring: resolve }
          deadlines.add(deadline)
          signal?.addEventListener('abort', () => {
            deadlines.delete(deadline)
            reject(signal.reason)
          })
          return
        }
        slept.push(ms)
        now += ms
        for (const deadline of deadlines) {
          if (deadline.at <= now) {
            deadlines.delete(deadline)
            deadline.ring()
          }
        }
        // A turn of the event loop, so that whoever is stopped by a deadline hears of it first.
        setImmediate(() => (signal?.aborted ? reject(signal.reason) : resolve()))
      })
    },
  }
}
