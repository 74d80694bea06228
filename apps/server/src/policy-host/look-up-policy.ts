import { choosePolicy } from '../rules/choose-policy.ts'
import { hostingsOfAddress, recordFirstServed } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'

export interface ServedPolicy {
  text: string
  /** Whether the customer's CNAME is known to point here; a public certificate is only ordered then. */
  verified: boolean
}

/**
 * The policy the policy host serves for a name such as `mta-sts.example.com`; undefined for any name not hosted here.
 * With `serving`, the store records that senders may cache the policy from now on.
 */
export async function lookUpPolicy(
  store: Store,
  hostname: string,
  options: { now: () => number; serving?: boolean },
): Promise<ServedPolicy | undefined> {
  const match = /^mta-sts\.(.+?)\.?$/i.exec(hostname)
  if (!match?.[1]) return undefined
  const hosting = choosePolicy(await hostingsOfAddress(store.db, match[1].toLowerCase()))
  if (!hosting?.live_policy) return undefined
  if (options.serving && hosting.first_served_at === null) {
    // Replaced or removed at this moment: a sender that asks again gets what is served then.
    if (!(await recordFirstServed(store.db, hosting.key, hosting.live_policy, options.now()))) return undefined
  }
  return { text: hosting.live_policy, verified: hosting.policy_cname_verified_at !== null }
}
