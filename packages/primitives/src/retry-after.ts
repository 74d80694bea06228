/** One number of seconds, perhaps with a fraction: RFC 9110 knows whole seconds only, real services send `0.5` too. */
const seconds = /^\d+(?:\.\d+)?$/
/**
 * The three date formats of RFC 9110 section 5.6.7 begin with the name of the day; some services send RFC 3339 instead.
 * `Date.parse` alone takes `-5` for a date.
 */
const date = /^(?:[A-Za-z]{3,9},? |\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$)/

/** Three hundred years, in milliseconds: a number of any length is a time that can be written and counted with. */
const longestWait = 1e13

/**
 * How long a `Retry-After` header asks to wait, in milliseconds from `now` (RFC 9110 section 10.2.3). Undefined when there
 * is no header or nothing in it can be read. A date in the past asks for no wait.
 *
 * @param now milliseconds since 1970; the time of the server (its `Date` header), where it is known, suits dates best
 */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  const value = header?.trim() ?? ''
  if (date.test(value)) {
    // The format of asctime() has no time zone and means UTC; Date.parse would read it as local time.
    const at = Date.parse(/ \d{4}$/.test(value) ? `${value} GMT` : value)
    return Number.isNaN(at) ? undefined : Math.max(0, at - now)
  }
  // A proxy that adds a header of its own makes a list; whoever asks for the longest wait is obeyed.
  const waits = value.split(',').map((part) => part.trim())
  if (!waits.every((wait) => seconds.test(wait))) return undefined
  return Math.min(Math.max(...waits.map(Number)) * 1000, longestWait)
}
