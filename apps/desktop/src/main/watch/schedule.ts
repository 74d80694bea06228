import type { DomainState } from '../../shared/model.ts'

const seconds = 1000
const minutes = 60 * seconds

/** What decides when to look next. Durations and times are in milliseconds. */
interface ScheduleFacts {
  readonly now: number
  /** When the newest unfinished domain last changed; absent when nothing is unfinished. */
  readonly pendingSince?: number
  /** Tries in a row that got no answer. */
  readonly failures: number
  /** The server's own wish (`Retry-After`), if any. */
  readonly retryAfter?: number
}

/**
 * How long to wait before the next look. While something is unfinished a person is likely waiting: often at first, then
 * ever less, as a CNAME nobody has added for a day will not appear in the next minute. All well: hourly. No answer: back
 * off from five seconds to five minutes, so that the return of a server is noticed soon.
 */
export function nextDelay(facts: ScheduleFacts): number {
  const { failures, retryAfter } = facts
  if (retryAfter === undefined) return ownDelay(facts)
  const wish = Math.min(Math.max(retryAfter, seconds), 60 * minutes)
  // An answered look that ended in a request for patience is no reason to come sooner than usual.
  return failures > 0 ? wish : Math.max(wish, ownDelay(facts))
}

function ownDelay({ now, pendingSince, failures }: ScheduleFacts): number {
  if (failures > 0) return Math.min(5 * seconds * 2 ** (failures - 1), 5 * minutes)
  if (pendingSince === undefined) return 60 * minutes
  const age = now - pendingSince
  if (age < 2 * minutes) return 10 * seconds
  if (age < 15 * minutes) return 30 * seconds
  if (age < 2 * 60 * minutes) return 3 * minutes
  return 20 * minutes
}

/** Spreads many apps over time: between 90 and 110 % of the delay. `random` gives 0 up to 1. */
export function withJitter(delay: number, random: () => number): number {
  return Math.round(delay * (0.9 + random() * 0.2))
}

/** Unfinished means somebody waits for it: hosting that is off, or well, does not. */
export function isUnfinished(state: DomainState): boolean {
  return state === 'attention' || state === 'working' || state === 'unknown'
}
