export interface RetryDelayOptions {
  /** From 0 to below 1; spreads the retries. @default Math.random */
  random?: (() => number) | undefined
  /** Milliseconds the first wait spans; each further one spans twice that. @default 500 */
  first?: number | undefined
  /** Milliseconds no wait spans more than. @default 8000 */
  longest?: number | undefined
  /** What the server asked for (`parseRetryAfter`), in milliseconds. */
  retryAfter?: number | undefined
  /** The longest wait, in milliseconds, that a server may ask for. @default 60000 */
  longestRetryAfter?: number | undefined
}

/**
 * How many milliseconds to wait after failed attempt `attempt` (the first is 0) before the next one. The wait is spread
 * over its whole span ("full jitter"), so that many clients that failed together do not come back together.
 *
 * What the server asked for is a lower bound, with a little jitter on top. It is never cut: asking again earlier than
 * allowed is what the server forbids. Where it asks for more than `longestRetryAfter`, the answer is undefined: give up now
 * and tell the caller when to come back.
 */
export function retryDelay(attempt: number, options: RetryDelayOptions = {}): number | undefined {
  const { random = Math.random, first = 500, longest = 8_000, retryAfter, longestRetryAfter = 60_000 } = options
  if (retryAfter === undefined) return random() * Math.min(longest, first * 2 ** attempt)
  return retryAfter > longestRetryAfter ? undefined : retryAfter + random() * first
}
