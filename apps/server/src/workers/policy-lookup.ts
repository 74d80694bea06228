import { choosePolicy } from '../rules/choose-policy.ts'
import { hostingsOfAddress, noteFirstServed } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'

export interface ServedPolicy {
  text: string
  /** Whether the customer's CNAME was seen pointing here; only then is a public certificate worth asking for. */
  verified: boolean
}

/**
 * What the policy host serves under a name such as `mta-sts.example.com`; undefined for every name that is not ours.
 * With `serving`, it is noted that a sender may hold the policy from now on.
 */
export async function lookupPolicy(
  store: Store,
  hostname: string,
  options: { now: () => number; serving?: boolean },
): Promise<ServedPolicy | undefined> {
  const match = /^mta-sts\.(.+?)\.?$/i.exec(hostname)
  if (!match?.[1]) return undefined
  const hosting = choosePolicy(await hostingsOfAddress(store.db, match[1].toLowerCase()))
  if (!hosting?.live_policy) return undefined
  if (options.serving && hosting.first_served_at === null) {
    // Replaced or taken back in this very moment: a sender that asks again finds what is served then.
    if (!(await noteFirstServed(store.db, hosting.key, hosting.live_policy, options.now()))) return undefined
  }
  return { text: hosting.live_policy, verified: hosting.policy_cname_verified_at !== null }
}
