import { hostedRecords } from '../rules/hosted-records.ts'
import { nextPolicyStep } from '../rules/policy-rollout.ts'
import { type HostedZone, sharedRecords } from '../rules/zone-records.ts'
import { findHosting, markPublished, setLivePolicy } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import type { Claim } from '../store/work.ts'
import type { Next } from './worker.ts'
import type { ZonePublisher } from './zone-publisher.ts'

export interface PublishContext {
  store: Store
  zone: HostedZone
  publisher: ZonePublisher
  now: () => number
}

/** Stands for the records that belong to no single domain; no key looks like it. */
export const sharedSubject = 'shared'

/**
 * Brings one hosting from what is published to what is wanted. The file goes live first (the policy host serves
 * `live_policy`), then the records with its id: the other order makes senders keep the old file under the new id
 * (RFC 8461 section 8.1). Stopped anywhere, it can simply be done again.
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
    // A sender fetched the policy meanwhile, so the step may be another: decide anew.
    if (!(await setLivePolicy(store.db, hosting, step, now()))) return { at: now(), attempt: claim.attempt }
  }
  await publisher.publish(hostedRecords({ ...hosting, live_policy: step.live_policy }, zone), signal)
  await markPublished(store.db, hosting.key, now())
  return { at: step.nextCheckAt, attempt: 0 }
}
