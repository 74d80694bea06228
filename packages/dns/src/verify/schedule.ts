import { contraryInterval } from './settle.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** While somebody may be waiting: often at first, then slower and slower. */
const firstGaps = [15 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute]
const longestGap = 4 * hour
/** With the growth below, this many looks fill seven days. */
const eagerLooks = 53

/** What the last look at a domain decided about the next one. */
export interface LookState {
  ready: boolean
  /** Whether the look before it was ready too. */
  wasReady: boolean
  /** A verified record was contradicted; only a second look tells whether that lasts. */
  doubted: boolean
  /** The MTA-STS policy is `enforce`: mail is lost when it breaks. */
  enforced: boolean
  /** Looks since somebody asked, without success. */
  attempt: number
}

/**
 * Milliseconds until the next look. Not ready: 15 s, 30 s, 1, 2, 5, 10 minutes, then half as long again each time up to
 * four hours, for a week, then daily. Ready: after an hour, then daily (hourly while a policy is enforced). Spread by a
 * tenth to either side. `random` from 0 to 1.
 */
export function nextLookDelay(state: LookState, random: number): number {
  return Math.round(plainDelay(state) * (0.9 + random * 0.2))
}

function plainDelay({ ready, wasReady, doubted, enforced, attempt }: LookState): number {
  // Even a tenth early, such a look comes after the contradiction has begun to count.
  if (doubted) return 1.2 * contraryInterval
  if (ready) return wasReady && !enforced ? day : hour
  if (attempt >= eagerLooks) return day
  return firstGaps[attempt] ?? Math.min(10 * minute * 1.5 ** (attempt - firstGaps.length + 1), longestGap)
}
