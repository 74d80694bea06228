import { hostedRecords } from '../rules/hosted-records.ts'
import { type HostedZone, type NamedRrsets, sharedRecords } from '../rules/zone-records.ts'
import { hostingsAfter } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import { forgedSubject, unexplainedNames } from './forged-names.ts'
import { sharedSubject } from './publish-hosting.ts'
import type { ComparableZone, ZoneDifference } from './zone-publisher.ts'

/** What differs, and the subject whose publication repairs it. */
export interface FoundDifference extends ZoneDifference {
  subject: string
}

/** What a comparison finds beside differences. */
export interface ReconcileNotes {
  /** Why names that the store does not explain could not be looked for, as a sentence. */
  unlisted?: (why: string) => void
  /** Names in a part of the zone that this server does not use. They are left alone. */
  foreign?: (names: readonly string[]) => void
}

/** Hostings compared by one read of the zone; each has four names. */
const batch = 25
/** Names that one comparison removes, so that a flooded zone does not flood the store with work. */
const mostForged = 1000

/**
 * Compares the whole hosted zone with the store: the shared records, every hosting, and the names that must not exist: of
 * deleted domains, and where the service lists the zone, all that the store does not explain. What is being published at
 * the moment is not a difference.
 */
export async function* reconcileZone(
  store: Store,
  zone: HostedZone,
  target: ComparableZone,
  signal: AbortSignal,
  notes: ReconcileNotes = {},
): AsyncGenerator<FoundDifference> {
  const listing = await target.list(signal)
  // The listing is older than what was published since, so what differs is read again.
  const differing = async (records: readonly NamedRrsets[]) => {
    const suspects = listing.known ? records.filter((entry) => !listing.value.has(entry)) : records
    return suspects.length > 0 ? target.compare(suspects, signal) : []
  }
  for (const difference of await differing(sharedRecords(zone))) yield { ...difference, subject: sharedSubject }
  for (let after = ''; ; ) {
    const hostings = await hostingsAfter(store.db, after, batch)
    const last = hostings.at(-1)
    if (!last) break
    after = last.key
    const subjects = new Map<string, string>()
    const records = hostings
      .filter(({ published_at, retired_at }) => published_at !== null || retired_at !== null)
      .flatMap((hosting) => hostedRecords(hosting, zone).map((entry) => [hosting.key, entry] as const))
    for (const [key, [name]] of records) subjects.set(name, key)
    for (const difference of await differing(records.map(([, entry]) => entry))) {
      yield { ...difference, subject: subjects.get(difference.name) ?? sharedSubject }
    }
  }
  if (!listing.known) {
    notes.unlisted?.(listing.message)
    return
  }
  const { forged, foreign } = await unexplainedNames(store.db, listing.value, zone)
  if (foreign.length > 0) notes.foreign?.(foreign)
  for (const difference of forged.slice(0, mostForged)) {
    yield { ...difference, subject: forgedSubject(difference.name) }
  }
}
