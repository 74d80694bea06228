import { hostedRecords } from '../rules/hosted-records.ts'
import type { HostedZone, NamedRrsets } from '../rules/zone-records.ts'
import { hostingsAfter } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import { completeZone, ensureZone, lockZone, replaceNames, writeConfiguredNames } from '../store/zone-contents.ts'

export interface SyncContext {
  store: Store
  zone: HostedZone
  /** The records of the configuration: name servers, their addresses, what all domains share. */
  configured: readonly NamedRrsets[]
  now: () => number
}

/** Hostings in one transaction; each has four names. */
const batch = 250

/**
 * At startup: writes what the store and the configuration want of the zone that our own responders serve. Only differences
 * raise the serial.
 */
export async function syncZone({ store, zone, configured, now }: SyncContext): Promise<void> {
  await ensureZone(store.db, zone.zone, now())
  await writeConfiguredNames(store, zone.zone, configured, now())
  for (let after = ''; ; ) {
    const last = await store.transaction(async (tx) => {
      // Read under the lock of the zone, so that nothing newer is overwritten.
      const head = await lockZone(tx, store.engine, zone.zone)
      const hostings = await hostingsAfter(tx, after, batch)
      const records = hostings.flatMap((hosting) => hostedRecords(hosting, zone))
      await replaceNames(tx, { zone: zone.zone, head, records, configured: 0, now: now() })
      return hostings.at(-1)?.key
    })
    if (last === undefined) break
    after = last
  }
  await completeZone(store.db, zone.zone)
}
