/** Time as an argument, so that tests never wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Timers take at most 2^31-1 ms; anything longer would fire at once. */
const longestTimer = 2 ** 31 - 1

/** The clock and the timers of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    for (let left = Math.max(0, ms); ; left -= longestTimer) {
      await oneTimer(Math.min(left, longestTimer), signal)
      if (left <= longestTimer) return
    }
  },
}

/** Calls back once after `ms` milliseconds. Returns the function that cancels it. */
export function after(clock: Clock, ms: number, callback: () => void): () => void {
  const cancelled = new AbortController()
  clock.sleep(ms, cancelled.signal).then(
    () => {
      // Cancelled in the same turn in which the time was up.
      if (!cancelled.signal.aborted) callback()
    },
    () => {},
  )
  return () => cancelled.abort()
}

function oneTimer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
