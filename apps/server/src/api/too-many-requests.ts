import { Problem } from '../rules/problem.ts'

/** A 429. `limit` in words: `6000 requests per minute`. */
export function tooManyRequests(limit: string, seconds: number): Problem {
  return new Problem(429, `Rate limit exceeded: ${limit}. Retry after ${seconds} s.`, [], { retryAfter: seconds })
}
