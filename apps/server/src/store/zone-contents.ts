import type { Transaction } from 'kysely'
import type { Rrset } from '../authority/zone-data.ts'
import type { NamedRrsets } from '../rules/zone-records.ts'
import type { Db, Store } from './open-store.ts'
import type { Flag, Tables } from './tables.ts'

/** What the serial of a zone stands for. */
export interface ZoneHead {
  /** Raised by each change. The serial of the SOA is this modulo 2^32. */
  serial: number
  /** The changes after this serial are kept; a reader that is further behind loads the whole zone. */
  journal_start: number
  /** Whether the zone has been written as a whole once. */
  complete: Flag
}

/** One name that changed with a serial; a list without records: the name does not exist. */
export interface ZoneChange {
  serial: number
  name: string
  before: readonly Rrset[]
  after: readonly Rrset[]
}

/** Changes are kept at least this long for responders and secondaries that fall behind. */
const changesKept = 7 * 86_400_000
/** Names or rows in one statement: within the limits of both engines. */
const batch = 500

export const zoneHead = (db: Db, zone: string): Promise<ZoneHead | undefined> =>
  db.selectFrom('zones').select(['serial', 'journal_start', 'complete']).where('name', '=', zone).executeTakeFirst()

/**
 * Creates the zone where it is missing. Its serial begins with the seconds since 1970, so that it is above any that secondaries
 * have seen of an earlier installation.
 */
export async function ensureZone(db: Db, zone: string, now: number): Promise<void> {
  const serial = Math.floor(now / 1000)
  await db
    .insertInto('zones')
    .values({ name: zone, serial, journal_start: serial })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}

/** Declares the zone to be written as a whole: responders may serve it. */
export async function completeZone(db: Db, zone: string): Promise<void> {
  await db.updateTable('zones').set({ complete: 1 }).where('name', '=', zone).where('complete', '=', 0).execute()
}

/** Takes the lock under which a zone changes, so that its serials are committed in order. */
export async function lockZone(tx: Transaction<Tables>, engine: Store['engine'], zone: string): Promise<ZoneHead> {
  const head = tx.selectFrom('zones').select(['serial', 'journal_start', 'complete']).where('name', '=', zone)
  // A transaction of SQLite has the lock already.
  return (engine === 'postgres' ? head.forUpdate() : head).executeTakeFirstOrThrow(
    () => new Error(`The zone ${zone} is not in the store.`),
  )
}

/**
 * Sets the records of each name to exactly these; an empty list removes the name. Raises the serial once, where anything differs.
 * Returns the serial that has them.
 */
export const writeZoneNames = (
  store: Store,
  zone: string,
  records: readonly NamedRrsets[],
  now: number,
): Promise<number> =>
  store.transaction(async (tx) => {
    const head = await lockZone(tx, store.engine, zone)
    return replaceNames(tx, { zone, head, records, configured: 0, now })
  })

/** As `writeZoneNames`, for the records of the configuration: names it no longer contains are removed. */
export const writeConfiguredNames = (
  store: Store,
  zone: string,
  records: readonly NamedRrsets[],
  now: number,
): Promise<number> =>
  store.transaction(async (tx) => {
    const head = await lockZone(tx, store.engine, zone)
    const names = new Set(records.map(([name]) => name))
    const before = await tx
      .selectFrom('zone_names')
      .select('name')
      .where('zone', '=', zone)
      .where('configured', '=', 1)
      .execute()
    const gone = before.filter(({ name }) => !names.has(name)).map(({ name }): NamedRrsets => [name, []])
    return replaceNames(tx, { zone, head, records: [...gone, ...records], configured: 1, now })
  })

/** Within a transaction that has the lock. */
export async function replaceNames(
  tx: Transaction<Tables>,
  change: { zone: string; head: ZoneHead; records: readonly NamedRrsets[]; configured: Flag; now: number },
): Promise<number> {
  const { zone, head, configured, now } = change
  const wanted = new Map(change.records.map(([name, rrsets]) => [name, JSON.stringify(rrsets)]))
  const stored = await recordsOf(tx, zone, [...wanted.keys()])
  const differing = [...wanted].filter(([name, records]) => (stored.get(name) ?? '[]') !== records)
  if (differing.length === 0) return head.serial
  // At least the seconds since 1970, so that it is above those given before the store was restored from a backup.
  const serial = Math.max(head.serial + 1, Math.floor(now / 1000))
  for (const names of batches(differing)) {
    const gone = names.filter(([, records]) => records === '[]').map(([name]) => name)
    if (gone.length > 0) await tx.deleteFrom('zone_names').where('zone', '=', zone).where('name', 'in', gone).execute()
    const kept = names
      .filter(([, records]) => records !== '[]')
      .map(([name, records]) => ({ zone, name, records, configured }))
    if (kept.length > 0) {
      await tx
        .insertInto('zone_names')
        .values(kept)
        .onConflict((conflict) =>
          conflict.columns(['zone', 'name']).doUpdateSet((row) => ({
            records: row.ref('excluded.records'),
            configured: row.ref('excluded.configured'),
          })),
        )
        .execute()
    }
    const changes = names.map(([name, after]) => ({
      ...{ zone, serial, name, after, at: now },
      before: stored.get(name) ?? '[]',
    }))
    // Nobody has read a zone that is not complete, so nobody follows its changes.
    if (head.complete) await tx.insertInto('zone_changes').values(changes).execute()
  }
  await tx
    .updateTable('zones')
    .set(head.complete ? { serial } : { serial, journal_start: serial })
    .where('name', '=', zone)
    .execute()
  return serial
}

async function recordsOf(db: Db, zone: string, names: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const some of batches(names)) {
    const rows = await db
      .selectFrom('zone_names')
      .select(['name', 'records'])
      .where('zone', '=', zone)
      .where('name', 'in', some)
      .execute()
    for (const { name, records } of rows) found.set(name, records)
  }
  return found
}

/** The names of a zone after a name, in order. */
export async function zoneNamesAfter(db: Db, zone: string, after: string, limit: number): Promise<NamedRrsets[]> {
  const rows = await db
    .selectFrom('zone_names')
    .select(['name', 'records'])
    .where('zone', '=', zone)
    .where('name', '>', after)
    .orderBy('name')
    .limit(limit)
    .execute()
  return rows.map(({ name, records }) => [name, parse(records)])
}

/** The changes with serials above `after`, up to `until`, in order. */
export async function zoneChanges(
  db: Db,
  zone: string,
  { after, until, limit }: { after: number; until: number; limit?: number },
): Promise<ZoneChange[]> {
  let query = db
    .selectFrom('zone_changes')
    .select(['serial', 'name', 'before', 'after'])
    .where('zone', '=', zone)
    .where('serial', '>', after)
    .where('serial', '<=', until)
    .orderBy('serial')
  if (limit !== undefined) query = query.limit(limit)
  const rows = await query.execute()
  return rows.map((row) => ({ ...row, before: parse(row.before), after: parse(row.after) }))
}

/** Removes changes that nobody should need any more. */
export async function dropOldZoneChanges(store: Store, now: number): Promise<void> {
  const { db } = store
  for (const { name } of await db.selectFrom('zones').select('name').execute()) {
    await store.transaction(async (tx) => {
      const head = await lockZone(tx, store.engine, name)
      const { last } = await tx
        .selectFrom('zone_changes')
        .select((select) => select.fn.max('serial').as('last'))
        .where('zone', '=', name)
        .where('at', '<', now - changesKept)
        .executeTakeFirstOrThrow()
      if (last === null || last <= head.journal_start) return
      await tx.updateTable('zones').set({ journal_start: last }).where('name', '=', name).execute()
      await tx.deleteFrom('zone_changes').where('zone', '=', name).where('serial', '<=', last).execute()
    })
  }
}

/** Written by this module only. */
const parse = (records: string): Rrset[] => JSON.parse(records) as Rrset[]

function* batches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += batch) yield all.slice(at, at + batch)
}
