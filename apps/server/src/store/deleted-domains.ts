import type { Selectable } from 'kysely'
import { freeSlug } from '../rules/slug.ts'
import type { DomainView } from './domains.ts'
import { findHosting, retireHosting } from './hostings.ts'
import { slugIsTaken } from './memberships.ts'
import type { Db } from './open-store.ts'
import type {
  DeletedDomainTable,
  DomainAccountTable,
  DomainTable,
  ObservationTable,
  VerificationTable,
} from './tables.ts'

export type DeletedDomain = Selectable<DeletedDomainTable>

/** The rows of a domain, which its deletion removes. */
interface Snapshot {
  domain: Selectable<DomainTable>
  memberships: Selectable<DomainAccountTable>[]
  tags: number[]
  verifications: Selectable<VerificationTable>[]
  observations: Selectable<ObservationTable>[]
}

/** Keeps what is needed to restore a domain. To be called before the domain is deleted, in the same transaction. */
export async function keepDeleted(
  tx: Db,
  domain: DomainView,
  times: { now: number; keptUntil: number },
): Promise<void> {
  const of = <Table extends 'domain_accounts' | 'verifications' | 'observations'>(table: Table) =>
    tx
      .selectFrom(table as 'domain_accounts')
      .selectAll()
      .where('domain_id', '=', domain.id)
      .execute()
  const snapshot = {
    domain: await tx.selectFrom('domains').selectAll().where('id', '=', domain.id).executeTakeFirstOrThrow(),
    memberships: await of('domain_accounts'),
    tags: domain.tags.map(({ id }) => id),
    verifications: await of('verifications'),
    observations: await of('observations'),
  }
  await tx
    .insertInto('deleted_domains')
    .values({
      domain_id: domain.id,
      user_id: domain.user_id,
      hosting_key: domain.key,
      address: domain.address,
      deleted_at: times.now,
      kept_until: times.keptUntil,
      snapshot: JSON.stringify(snapshot),
    })
    .execute()
}

export const findDeleted = (db: Db, domainId: number): Promise<DeletedDomain | undefined> =>
  db.selectFrom('deleted_domains').selectAll().where('domain_id', '=', domainId).executeTakeFirst()

export const deletedByKey = (db: Db, key: string): Promise<DeletedDomain | undefined> =>
  db.selectFrom('deleted_domains').selectAll().where('hosting_key', '=', key).executeTakeFirst()

export const overdueKeys = async (db: Db, now: number): Promise<string[]> => {
  const rows = await db.selectFrom('deleted_domains').select('hosting_key').where('kept_until', '<=', now).execute()
  return rows.map(({ hosting_key }) => hosting_key)
}

export const deletedOf = (db: Db, userId: number): Promise<DeletedDomain[]> =>
  db.selectFrom('deleted_domains').selectAll().where('user_id', '=', userId).execute()

/** Ends the time in which a deleted domain can be restored: nothing is to be published for it any more. */
export async function endGrace(tx: Db, key: string, now: number): Promise<void> {
  await forget(tx, key)
  const hosting = await findHosting(tx, key)
  if (hosting) await retireHosting(tx, hosting, now)
}

async function forget(tx: Db, key: string): Promise<void> {
  await tx.deleteFrom('deleted_domains').where('hosting_key', '=', key).execute()
}

const snapshotOf = ({ snapshot }: DeletedDomain): Snapshot => JSON.parse(snapshot)

/** The accounts that contained a deleted domain. */
export const accountsOfDeleted = (deleted: DeletedDomain): number[] =>
  snapshotOf(deleted).memberships.map(({ account_id }) => account_id)

export const wasParked = (deleted: DeletedDomain): boolean => snapshotOf(deleted).domain.parked_domain === 1

/**
 * Puts a domain back with the id, settings, statuses and history it had. It returns to the accounts that still exist and have
 * no other domain of its address, with the tags that still exist.
 *
 * @throws when none of its accounts can take it
 */
export async function restoreDomain(
  tx: Db,
  deleted: DeletedDomain,
  { now, suffix }: { now: number; suffix: () => string },
): Promise<void> {
  const { domain, memberships, tags, verifications, observations } = snapshotOf(deleted)
  await tx
    .insertInto('domains')
    .values({
      ...domain,
      version: domain.version + 1,
      settings_version: domain.settings_version + 1,
      updated_at: now,
    })
    .execute()
  const accounts = await existing(
    tx,
    'accounts',
    memberships.map(({ account_id }) => account_id),
  )
  for (const membership of memberships) {
    if (!accounts.has(membership.account_id)) continue
    const taken = (slug: string) => slugIsTaken(tx, membership.account_id, slug)
    await tx
      .insertInto('domain_accounts')
      .values({ ...membership, slug: await freeSlug(membership.slug, taken, suffix) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  const kept = await existing(tx, 'tags', tags)
  const again = tags.filter((id) => kept.has(id)).map((tag_id) => ({ domain_id: domain.id, tag_id }))
  if (again.length > 0) await tx.insertInto('domain_tags').values(again).execute()
  if (verifications.length > 0) await tx.insertInto('verifications').values(verifications).execute()
  // In parts, because databases limit the values of a statement.
  for (let from = 0; from < observations.length; from += 100) {
    await tx
      .insertInto('observations')
      .values(observations.slice(from, from + 100))
      .execute()
  }
  await tx
    .updateTable('hostings')
    .set((row) => ({ domain_id: domain.id, version: row('version', '+', 1) }))
    .where('key', '=', deleted.hosting_key)
    .execute()
  await forget(tx, deleted.hosting_key)
}

async function existing(tx: Db, table: 'accounts' | 'tags', ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.selectFrom(table).select('id').where('id', 'in', ids).execute()
  return new Set(rows.map(({ id }) => id))
}
