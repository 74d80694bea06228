import type { Selectable } from 'kysely'
import type { Db } from './open-store.ts'
import type { DomainAccountTable, UserAccountTable } from './tables.ts'

export type DomainMembership = Selectable<DomainAccountTable>
export type UserMembership = Selectable<UserAccountTable>

export const domainMembershipsOf = (db: Db, accountId: number): Promise<DomainMembership[]> =>
  db.selectFrom('domain_accounts').selectAll().where('account_id', '=', accountId).orderBy('id').execute()

export const findDomainMembership = (db: Db, accountId: number, id: number): Promise<DomainMembership | undefined> =>
  db
    .selectFrom('domain_accounts')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()

export const membershipOfAddress = (
  db: Db,
  accountId: number,
  address: string,
): Promise<DomainMembership | undefined> =>
  db
    .selectFrom('domain_accounts')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('address', '=', address)
    .executeTakeFirst()

export async function slugIsTaken(db: Db, accountId: number, slug: string): Promise<boolean> {
  const row = await db
    .selectFrom('domain_accounts')
    .select('id')
    .where('account_id', '=', accountId)
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row !== undefined
}

export interface NewDomainMembership {
  accountId: number
  domainId: number
  address: string
  slug: string
  now: number
}

export const addDomainMembership = (tx: Db, membership: NewDomainMembership): Promise<DomainMembership> =>
  tx
    .insertInto('domain_accounts')
    .values({
      account_id: membership.accountId,
      domain_id: membership.domainId,
      address: membership.address,
      slug: membership.slug,
      created_at: membership.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()

export async function removeDomainMembership(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom('domain_accounts').where('id', '=', id).execute()
}

/** The number of accounts that contain the domain. */
export async function membershipCount(tx: Db, domainId: number): Promise<number> {
  const rows = await tx.selectFrom('domain_accounts').select('id').where('domain_id', '=', domainId).execute()
  return rows.length
}

export const userMembershipsOf = (db: Db, accountId: number): Promise<UserMembership[]> =>
  db.selectFrom('user_accounts').selectAll().where('account_id', '=', accountId).orderBy('id').execute()

export const findUserMembership = (db: Db, accountId: number, id: number): Promise<UserMembership | undefined> =>
  db.selectFrom('user_accounts').selectAll().where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst()

/** Gives a user access to exactly the named areas of an account. Answers the areas before and after. */
export async function setUserMembership(
  tx: Db,
  { accountId, userId, areas }: { accountId: number; userId: number; areas: readonly string[] },
): Promise<{ before: string[] | null; after: string[] }> {
  const before = await areasOf(tx, accountId, userId)
  await tx
    .insertInto('user_accounts')
    .values({ account_id: accountId, user_id: userId, areas: JSON.stringify(areas) })
    .onConflict((conflict) => conflict.columns(['account_id', 'user_id']).doUpdateSet({ areas: JSON.stringify(areas) }))
    .execute()
  return { before, after: [...areas] }
}

/** Takes the access to an account from a user. Answers the areas it had; null where it had none. */
export async function removeUserMembership(tx: Db, accountId: number, userId: number): Promise<string[] | null> {
  const before = await areasOf(tx, accountId, userId)
  await tx.deleteFrom('user_accounts').where('account_id', '=', accountId).where('user_id', '=', userId).execute()
  return before
}

async function areasOf(tx: Db, accountId: number, userId: number): Promise<string[] | null> {
  const row = await tx
    .selectFrom('user_accounts')
    .select('areas')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row ? JSON.parse(row.areas) : null
}
