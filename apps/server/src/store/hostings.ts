import type { Selectable } from 'kysely'
import type { WantedHosting } from '../rules/domain-settings.ts'
import type { Db } from './open-store.ts'
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

export const hostingOf = (db: Db, domainId: number): Promise<Hosting> =>
  db.selectFrom('hostings').selectAll().where('domain_id', '=', domainId).executeTakeFirstOrThrow()

/** All hostings with something published or to be published, by key. */
export const activeHostings = (db: Db): Promise<Hosting[]> =>
  db
    .selectFrom('hostings')
    .selectAll()
    .where((where) =>
      where.or([
        where('dmarc_record', 'is not', null),
        where('tls_rpt_record', 'is not', null),
        where('wanted_policy', 'is not', null),
        where('live_policy', 'is not', null),
      ]),
    )
    .orderBy('key')
    .execute()

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

/** Stores the records to publish and clears `published_at`: until the zone has them, they count as queued. */
export async function setWantedRecords(tx: Db, key: string, wanted: WantedHosting): Promise<void> {
  await tx
    .updateTable('hostings')
    .set({ ...wanted, published_at: null })
    .where('key', '=', key)
    .execute()
}

/** After a domain is deleted: nothing is to be published, and the key stays reserved for ever. */
export async function retireHosting(tx: Db, key: string, now: number): Promise<void> {
  await tx
    .updateTable('hostings')
    .set({ dmarc_record: null, tls_rpt_record: null, wanted_policy: null, published_at: null, retired_at: now })
    .where('key', '=', key)
    .execute()
}

/**
 * Records that senders may cache this policy from now on. False when it is no longer the served policy: then it must not
 * be sent, because it would not be kept for as long as senders cache it.
 */
export async function recordFirstServed(db: Db, key: string, policy: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('hostings')
    .set((row) => ({ first_served_at: row.fn.coalesce('first_served_at', row.val(now)) }))
    .where('key', '=', key)
    .where('live_policy', '=', policy)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Sets the text the policy host serves (null: none). False, with nothing changed, when the policy was first served after
 * `hosting` was read: that determines how long it must be kept.
 */
export async function setLivePolicy(
  db: Db,
  hosting: { key: string; first_served_at: number | null },
  state: { live_policy: string | null; keep_until: number },
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('hostings')
    .set({
      live_policy: state.live_policy,
      live_policy_at: now,
      keep_until: state.keep_until,
      ...(state.live_policy === null ? { first_served_at: null } : {}),
    })
    .where('key', '=', hosting.key)
    .where('first_served_at', hosting.first_served_at === null ? 'is' : '=', hosting.first_served_at)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function markPublished(db: Db, key: string, now: number): Promise<void> {
  await db.updateTable('hostings').set({ published_at: now }).where('key', '=', key).execute()
}

/** Records since when the customer's `mta-sts` CNAME has pointed at this hosting. */
export async function markPolicyCname(db: Db, key: string, seen: boolean, now: number): Promise<void> {
  const update = db.updateTable('hostings').where('key', '=', key)
  await (seen
    ? update.set({ policy_cname_verified_at: now }).where('policy_cname_verified_at', 'is', null)
    : update.set({ policy_cname_verified_at: null })
  ).execute()
}
