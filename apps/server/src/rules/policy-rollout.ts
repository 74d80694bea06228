import { bindingTime, removalPolicy } from './mta-sts-policy.ts'

/** The served and the wanted policy of a domain; times in milliseconds since 1970. */
export interface PolicyState {
  wanted_policy: string | null
  live_policy: string | null
  first_served_at: number | null
  keep_until: number
}

/** The next state of the served file, and when the following step is due (null: none). */
export interface PolicyStep {
  live_policy: string | null
  keep_until: number
  nextCheckAt: number | null
}

/**
 * One step from the served to the wanted policy. A wanted policy is served at once. A policy that is removed after a
 * sender may have fetched it is replaced by mode none until the longest max_age ever served has expired (RFC 8461
 * section 8.3); only then are the file and its TXT record removed.
 */
export function nextPolicyStep(state: PolicyState, now: number): PolicyStep {
  const { wanted_policy: wanted, live_policy: live } = state
  if (wanted === live) return { live_policy: live, keep_until: state.keep_until, nextCheckAt: null }

  const served = live !== null && state.first_served_at !== null
  const keep_until = served ? Math.max(state.keep_until, now + bindingTime(live)) : state.keep_until
  if (wanted !== null) return { live_policy: wanted, keep_until, nextCheckAt: null }

  const removal = removalPolicy()
  const until = live === removal ? state.keep_until : keep_until
  if (now >= until) return { live_policy: null, keep_until: 0, nextCheckAt: null }
  return { live_policy: removal, keep_until: until, nextCheckAt: until }
}
