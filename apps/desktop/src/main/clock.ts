/** Time as an argument, so that tests need no waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back once; returns its own cancellation. */
  after(delay: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, callback) {
    const timer = setTimeout(callback, delay)
    return () => clearTimeout(timer)
  },
}
