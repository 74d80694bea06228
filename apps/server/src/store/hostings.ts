import type { Selectable, Updateable } from 'kysely'
import type { WantedHosting } from '../rules/domain-settings.ts'
import type { Db } from './open-store.ts'
import { StaleError } from './retry.ts'
import type { HostingTable } from './tables.ts'

export type Hosting = Selectable<HostingTable>

export async function createHosting(
  tx: Db,
  hosting: { key: string; domainId: number; address: string },
): Promise<void> {
  await tx
    .insertInto('hostings')
    .values({ key: hosting.key, domain_id: hosting.domainId, address: hosting.address, keep_until: 0 })
    .execute()
}

export const findHosting = (db: Db, key: string): Promise<Hosting | undefined> =>
  db.selectFrom('hostings').selectAll().where('key', '=', key).executeTakeFirst()

/** @throws {StaleError} when the domain has been deleted since it was read */
export const hostingOf = (db: Db, domainId: number): Promise<Hosting> =>
  db
    .selectFrom('hostings')
    .selectAll()
    .where('domain_id', '=', domainId)
    .executeTakeFirstOrThrow(() => new StaleError(`Domain ${domainId}`))

/** A batch of hostings by key, retired ones included: their names must not exist. */
export const hostingsAfter = (db: Db, key: string, limit: number): Promise<Hosting[]> =>
  db.selectFrom('hostings').selectAll().where('key', '>', key).orderBy('key').limit(limit).execute()

/** Those of the keys that belong to a hosting. */
export async function knownKeys(db: Db, keys: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('hostings').select('key').where('key', 'in', keys).execute()
  return rows.map(({ key }) => key)
}

export const hostingsOfAddress = (db: Db, address: string): Promise<Hosting[]> =>
  db
    .selectFrom('hostings')
    .selectAll()
    .where('address', '=', address)
    .where('live_policy', 'is not', null)
    .orderBy('key')
    .execute()

/** Whether the wanted records differ from the stored ones. */
export const wantedRecordsDiffer = (hosting: Hosting, wanted: WantedHosting): boolean =>
  wanted.dmarc_record !== hosting.dmarc_record ||
  wanted.tls_rpt_record !== hosting.tls_rpt_record ||
  wanted.wanted_policy !== hosting.wanted_policy

/** A hosting as it was read: a write is refused when the hosting has changed since. */
export interface HostingVersion {
  key: string
  version: number
}

/** Stores the records to publish and clears `published_at`: until the zone has them, they count as queued. @throws {StaleError} */
export async function setWantedRecords(tx: Db, hosting: HostingVersion, wanted: WantedHosting): Promise<void> {
  await change(tx, hosting, { ...wanted, published_at: null })
}

/** After a domain is deleted: nothing is to be published. @throws {StaleError} */
export async function retireHosting(tx: Db, hosting: HostingVersion, now: number): Promise<void> {
  const nothing = { dmarc_record: null, tls_rpt_record: null, wanted_policy: null }
  await change(tx, hosting, { ...nothing, published_at: null, retired_at: now })
}

/** Whether nothing was ever to be published: such a hosting leaves no trace in the zone. */
const wasNeverUsed = ({ version, dmarc_record, tls_rpt_record, wanted_policy, live_policy, published_at }: Hosting) =>
  version === 1 &&
  [dmarc_record, tls_rpt_record, wanted_policy, live_policy, published_at].every((value) => value === null)

/** Removes the hosting of a domain that is deleted, where nothing of it is in the zone. Returns whether it was so. */
export async function removeUnused(tx: Db, hosting: Hosting): Promise<boolean> {
  if (!wasNeverUsed(hosting)) return false
  await tx.deleteFrom('hostings').where('key', '=', hosting.key).execute()
  return true
}

/**
 * Removes hostings of domains that were deleted before a time, and whose records have been removed from the zone since. A
 * hosting whose policy senders may still cache stays.
 */
export async function dropRetiredHostings(db: Db, before: number): Promise<void> {
  await db
    .deleteFrom('hostings')
    .where('domain_id', 'is', null)
    .where('retired_at', '<', before)
    .where('published_at', 'is not', null)
    .where('live_policy', 'is', null)
    .execute()
}

/**
 * Records that senders may cache this policy from now on. False when it is no longer the served policy: then it must not
 * be sent, because it would not be kept for as long as senders cache it.
 */
export async function recordFirstServed(db: Db, key: string, policy: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('hostings')
    .set((row) => ({
      first_served_at: row.fn.coalesce('first_served_at', row.val(now)),
      version: row('version', '+', 1),
    }))
    .where('key', '=', key)
    .where('live_policy', '=', policy)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Sets the text the policy host serves (null: none) and returns the new version.
 *
 * @throws {StaleError} when the hosting has changed since it was read: that the policy was first served in the meantime
 * determines how long it must be kept
 */
export async function setLivePolicy(
  db: Db,
  hosting: HostingVersion,
  state: { live_policy: string | null; keep_until: number },
  now: number,
): Promise<HostingVersion> {
  return change(db, hosting, {
    live_policy: state.live_policy,
    live_policy_at: now,
    keep_until: state.keep_until,
    ...(state.live_policy === null ? { first_served_at: null } : {}),
  })
}

/** @throws {StaleError} when the hosting has changed since the records were written to the zone */
export async function markPublished(db: Db, hosting: HostingVersion, now: number): Promise<void> {
  await change(db, hosting, { published_at: now })
}

/** Records since when the customer's `mta-sts` CNAME has pointed at this hosting. @throws {StaleError} */
export async function markPolicyCname(
  db: Db,
  hosting: HostingVersion & { policy_cname_verified_at: number | null },
  seen: boolean,
  now: number,
): Promise<void> {
  if (seen === (hosting.policy_cname_verified_at !== null)) return
  await change(db, hosting, { policy_cname_verified_at: seen ? now : null })
}

async function change(db: Db, { key, version }: HostingVersion, to: Updateable<HostingTable>): Promise<HostingVersion> {
  const { numUpdatedRows } = await db
    .updateTable('hostings')
    .set({ ...to, version: version + 1 })
    .where('key', '=', key)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new StaleError(`Hosting ${key}`)
  return { key, version: version + 1 }
}
