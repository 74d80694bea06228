/** What the last look decided about the next one. */
export interface LookState {
  ready: boolean
  /** Whether the look before it was ready too. */
  wasReady: boolean
  /** A verified record was contradicted; only a second look tells whether that lasts. */
  doubted: boolean
  /** An MTA-STS policy in enforce: mail is lost when it breaks. */
  enforced: boolean
  /** Looks since somebody asked, without success. */
  attempt: number
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** While somebody may be waiting: often at first, then slower and slower. */
const first = [15_000, 30_000, minute, 2 * minute, 5 * minute, 10 * minute]
/** With the growth below, this many looks fill seven days. */
const impatientLooks = 53

/**
 * Milliseconds until the next look. Not ready: 15 s, 30 s, 1, 2, 5, 10 minutes, then half as long again each time up to
 * four hours, for a week, then daily. Ready: after an hour, then daily (hourly while a policy is enforced). All within a
 * tenth either way, so that looks spread out. `random` from 0 to 1.
 */
export function nextLookDelay(state: LookState, random: number): number {
  return Math.round(plainDelay(state) * (0.9 + random * 0.2))
}

function plainDelay({ ready, wasReady, doubted, enforced, attempt }: LookState): number {
  if (doubted) return 6 * minute
  if (ready) return wasReady && !enforced ? day : hour
  if (attempt >= impatientLooks) return day
  return first[attempt] ?? Math.min(4 * hour, 10 * minute * 1.5 ** (attempt - first.length + 1))
}
