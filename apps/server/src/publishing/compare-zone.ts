import { createHash } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import { hostedRecords } from '../rules/hosted-records.ts'
import { type HostedZone, sharedRecords } from '../rules/zone-records.ts'
import { hostingsAfter } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import { scheduleBy } from '../store/work.ts'
import { countRepairs, saveZoneComparison, zoneComparison } from '../store/zone-comparisons.ts'
import { sharedSubject } from './publish-hosting.ts'
import { reconcileZone } from './reconcile-zone.ts'
import type { ComparableZone } from './zone-publisher.ts'

export interface CompareZoneContext {
  store: Store
  zone: HostedZone
  target: ComparableZone
  /** The serial that the servers of the zone agree on; undefined where it is not known. */
  serial: (signal: AbortSignal) => Promise<number | undefined>
  /** Milliseconds between two comparisons of all records, where nothing points to a difference. */
  interval: number
  /** Milliseconds since 1970. */
  now: () => number
  log: FastifyBaseLogger
}

/** Hostings read at once for the digest. */
const batch = 500

/**
 * Compares the hosted zone with the store and schedules the repair of what differs. A zone that has the serial of the last
 * comparison, with a store that wants the same as then, is not read again before the interval has passed, so that a
 * restart costs a few queries.
 *
 * @returns when to compare again, and how many differences were found
 */
export async function compareZone(
  { store, zone, target, serial, interval, now, log }: CompareZoneContext,
  signal: AbortSignal,
): Promise<{ at: number; differences: number }> {
  const startedAt = now()
  const last = await zoneComparison(store.db, zone.zone)
  const state = { serial: (await serial(signal)) ?? null, digest: await digestOf(store, zone) }
  const due = (last?.compared_at ?? Number.NEGATIVE_INFINITY) + interval
  const unchanged =
    last !== undefined && state.serial !== null && last.serial === state.serial && last.digest === state.digest
  if (unchanged && startedAt < due) {
    log.info({ serial: state.serial }, 'the hosted zone is as it was when it was last compared with the store')
    return { at: due, differences: 0 }
  }

  let differences = 0
  const notes = {
    unlisted: (why: string) => log.info({ why }, 'names that the store does not know were not looked for in the zone'),
    foreign: (names: readonly string[]) =>
      log.info(
        { names: names.slice(0, 20), count: names.length },
        'the hosted zone has names that this server did not publish; they are left alone',
      ),
  }
  for await (const { subject, name, expected, found } of reconcileZone(store, zone, target, signal, notes)) {
    differences += 1
    log.warn({ name, expected, found }, 'the hosted zone differs from the store; repairing it')
    await scheduleBy(store.db, 'repair', subject, now())
  }
  // What a new zone lacks has not drifted.
  const drifted = last?.compared_at == null ? 0 : differences
  if (drifted > 0) await countRepairs(store.db, zone.zone, drifted)
  // After repairs, the next start compares again.
  const seen = differences === 0 ? state : { serial: null, digest: null }
  await saveZoneComparison(store.db, zone.zone, { compared_at: startedAt, ...seen })
  const repairs = (last?.repairs ?? 0) + drifted
  log.info({ differences, repairs }, 'hosted zone compared with the store')
  return { at: now() + interval, differences }
}

/**
 * Compares the records that belong to no single domain, which no verification of a domain looks at, and schedules their
 * repair. Without the authorisation, receivers send no reports about any domain.
 */
export async function compareShared(
  { store, zone, target, now, log }: Pick<CompareZoneContext, 'store' | 'zone' | 'target' | 'now' | 'log'>,
  signal: AbortSignal,
): Promise<number> {
  const differences = await target.compare(sharedRecords(zone), signal)
  if (differences.length === 0) return 0
  log.warn({ differences }, 'the shared records of the hosted zone differ from the configuration; repairing them')
  await scheduleBy(store.db, 'repair', sharedSubject, now())
  await countRepairs(store.db, zone.zone, differences.length)
  return differences.length
}

/** A digest of everything the store wants in the zone, and of the names that must not exist. */
async function digestOf(store: Store, zone: HostedZone): Promise<string> {
  const hash = createHash('sha256')
  hash.update(JSON.stringify(sharedRecords(zone)))
  for (let after = ''; ; ) {
    const hostings = await hostingsAfter(store.db, after, batch)
    const last = hostings.at(-1)
    if (!last) return hash.digest('hex')
    after = last.key
    for (const hosting of hostings) hash.update(JSON.stringify(hostedRecords(hosting, zone)))
  }
}
