import { hostedRecords } from '../rules/hosted-records.ts'
import { nextPolicyStep } from '../rules/policy-rollout.ts'
import { type HostedZone, sharedRecords } from '../rules/zone-records.ts'
import { deletedByKey, endGrace } from '../store/deleted-domains.ts'
import { findHosting, type HostingVersion, markPublished, setLivePolicy } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import type { Next, Work } from '../workers/worker.ts'
import { forgedName, isForged } from './forged-names.ts'
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
 *
 * @throws {StaleError} when the hosting changes meanwhile, e.g. a sender fetches the policy; the work is repeated then
 */
export async function publishHosting(
  work: Pick<Work, 'subject' | 'signal' | 'renew'>,
  { store, zone, publisher, now }: PublishContext,
): Promise<Next> {
  const { subject } = work
  if (subject === sharedSubject) {
    await publisher.publish(sharedRecords(zone), work)
    return { at: null, attempt: 0 }
  }
  const forged = forgedName(subject)
  if (forged !== undefined) {
    if (await isForged(store.db, forged, zone)) await publisher.publish([[forged, []]], work)
    return { at: null, attempt: 0 }
  }
  const keptUntil = await endOfGrace(store, subject, now())
  const hosting = await findHosting(store.db, subject)
  if (!hosting) return { at: null, attempt: 0 }
  const step = nextPolicyStep(hosting, now())
  let version: HostingVersion = hosting
  if (step.live_policy !== hosting.live_policy || step.keep_until !== hosting.keep_until) {
    version = await setLivePolicy(store.db, hosting, step, now())
  }
  await publisher.publish(hostedRecords({ ...hosting, live_policy: step.live_policy }, zone), work)
  await markPublished(store.db, version, now())
  const next = [step.nextCheckAt, keptUntil].filter((at) => at !== null)
  return { at: next.length === 0 ? null : Math.min(...next), attempt: 0 }
}

/** Until when the records of a deleted domain stay; null where they do not, or not any longer: then they are retired. */
async function endOfGrace(store: Store, key: string, now: number): Promise<number | null> {
  return store.transaction(async (tx) => {
    const deleted = await deletedByKey(tx, key)
    if (!deleted) return null
    if (deleted.kept_until > now) return deleted.kept_until
    await endGrace(tx, key, now)
    return null
  })
}
