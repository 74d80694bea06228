import { hostedRecords } from '../rules/hosted-records.ts'
import { type HostedZone, sharedRecords } from '../rules/zone-records.ts'
import { hostingsAfter } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import { sharedSubject } from './publish-hosting.ts'
import type { ComparableZone, ZoneDifference } from './zone-publisher.ts'

/** What differs, and the subject whose publication repairs it. */
export interface FoundDifference extends ZoneDifference {
  subject: string
}

/** Hostings compared by one read of the zone; each has four names. */
const batch = 25

/**
 * Compares the whole hosted zone with the store: the shared records, every hosting, and the names of deleted domains,
 * which must not exist. What is being published at the moment is not a difference.
 */
export async function* reconcileZone(
  store: Store,
  zone: HostedZone,
  target: ComparableZone,
  signal: AbortSignal,
): AsyncGenerator<FoundDifference> {
  for (const difference of await target.compare(sharedRecords(zone), signal)) {
    yield { ...difference, subject: sharedSubject }
  }
  for (let after = ''; ; ) {
    const hostings = await hostingsAfter(store.db, after, batch)
    const last = hostings.at(-1)
    if (!last) return
    after = last.key
    const subjects = new Map<string, string>()
    const records = hostings
      .filter(({ published_at, retired_at }) => published_at !== null || retired_at !== null)
      .flatMap((hosting) => hostedRecords(hosting, zone).map((entry) => [hosting.key, entry] as const))
    for (const [key, [name]] of records) subjects.set(name, key)
    const compared = records.map(([, entry]) => entry)
    const differences = compared.length > 0 ? await target.compare(compared, signal) : []
    for (const difference of differences) {
      yield { ...difference, subject: subjects.get(difference.name) ?? sharedSubject }
    }
  }
}
