import { bindingTime, farewellPolicy } from './mta-sts-policy.ts'

/** What is served for a domain and what its owner wants; times in milliseconds since 1970. */
export interface PolicyState {
  wanted_policy: string | null
  live_policy: string | null
  first_served_at: number | null
  keep_until: number
}

/** The next state of the served file, and when to look again (null: nothing left to do). */
export interface PolicyStep {
  live_policy: string | null
  keep_until: number
  nextCheckAt: number | null
}

/**
 * One step from what is served to what is wanted. A wanted policy is served at once. One that is taken back after a
 * sender may have fetched it is replaced by mode none and kept until the longest age ever given out has run out
 * (RFC 8461 section 8.3); only then the file and its TXT disappear.
 */
export function nextPolicyStep(state: PolicyState, now: number): PolicyStep {
  const { wanted_policy: wanted, live_policy: live } = state
  if (wanted === live) return { live_policy: live, keep_until: state.keep_until, nextCheckAt: null }

  const served = live !== null && state.first_served_at !== null
  const keep_until = served ? Math.max(state.keep_until, now + bindingTime(live)) : state.keep_until
  if (wanted !== null) return { live_policy: wanted, keep_until, nextCheckAt: null }

  const farewell = farewellPolicy()
  const until = live === farewell ? state.keep_until : keep_until
  if (now >= until) return { live_policy: null, keep_until: 0, nextCheckAt: null }
  return { live_policy: farewell, keep_until: until, nextCheckAt: until }
}
