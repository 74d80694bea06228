/** The first back-off spans up to half a second, each next one twice that, none more than eight seconds. */
const firstBackOff = 500
const longestBackOff = 8_000

/** A server may ask for an hour; nobody waits that long inside one call. */
const longestRetryAfter = 60_000

/** Statuses that a later attempt may turn into success. */
const passing: readonly number[] = [408, 425, 429, 500, 502, 503, 504]

export const mayPass = (status: number): boolean => passing.includes(status)

/** `Retry-After` in milliseconds from now: whole seconds or an HTTP date (RFC 9110 section 10.2.3); anything else is no hint. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const value = header?.trim()
  if (!value) return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1000
  // An HTTP date begins with the day's name; Date.parse alone would read "-5" or "1.5" as dates.
  if (!/^[A-Za-z]{3,9},? /.test(value)) return undefined
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

/**
 * How long to wait before attempt `attempt` + 1. Full jitter, so that many clients that failed together do not come back
 * together; a hint of the server is a lower bound that gets a little jitter on top.
 */
export function retryDelay(attempt: number, retryAfter: number | undefined, random: () => number): number {
  if (retryAfter !== undefined) return Math.min(longestRetryAfter, retryAfter + random() * firstBackOff)
  return random() * Math.min(longestBackOff, firstBackOff * 2 ** attempt)
}
