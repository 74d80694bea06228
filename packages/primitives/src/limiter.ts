/** Runs works in the order they come, at most `limit` at a time. One that fails does not stop the others. */
export type Limiter = <Result>(work: () => Promise<Result>) => Promise<Result>

/**
 * A queue for works that come one by one. `createLimiter(1)` makes them take turns. For a list that is known from the
 * start, and must stop at the first failure, use `mapLimited`.
 */
export function createLimiter(limit: number): Limiter {
  if (!(limit >= 1)) throw new RangeError(`The limit must be at least 1, found ${limit}.`)
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      // The place goes to the next in line, so that a task that arrives in between cannot take it.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
