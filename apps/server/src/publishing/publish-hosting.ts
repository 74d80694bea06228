import { hostedRecords } from '../rules/hosted-records.ts'
import { nextPolicyStep } from '../rules/policy-rollout.ts'
import { type HostedZone, sharedRecords } from '../rules/zone-records.ts'
import { findHosting, markPublished, setLivePolicy } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import type { Claim } from '../store/work.ts'
import type { Next } from '../workers/worker.ts'
import type { ZonePublisher } from './zone-publisher.ts'

export interface PublishContext {
  store: Store
  zone: HostedZone
  publisher: ZonePublisher
  now: () => number
}

/** The subject for records that belong to no single domain; no key has this form. */
export const sharedSubject = 'shared'

/**
 * Publishes what the store wants for one hosting. The policy file goes live first (the policy host serves
 * `live_policy`), then the records with its id: the other order makes senders keep the old file under the new id
 * (RFC 8461 section 8.1). It is idempotent, so it can be repeated after an interruption at any point.
 */
export async function publishHosting(
  claim: Claim,
  { store, zone, publisher, now }: PublishContext,
  signal: AbortSignal,
): Promise<Next> {
  if (claim.subject === sharedSubject) {
    await publisher.publish(sharedRecords(zone), signal)
    return { at: null, attempt: 0 }
  }
  const hosting = await findHosting(store.db, claim.subject)
  if (!hosting) return { at: null, attempt: 0 }
  const step = nextPolicyStep(hosting, now())
  if (step.live_policy !== hosting.live_policy || step.keep_until !== hosting.keep_until) {
    // A sender fetched the policy in the meantime, which may change the step: decide again.
    if (!(await setLivePolicy(store.db, hosting, step, now()))) return { at: now(), attempt: claim.attempt }
  }
  await publisher.publish(hostedRecords({ ...hosting, live_policy: step.live_policy }, zone), signal)
  await markPublished(store.db, hosting.key, now())
  return { at: step.nextCheckAt, attempt: 0 }
}
