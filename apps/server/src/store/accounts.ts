import type { Selectable } from 'kysely'
import { freeSlug, titleSlug } from '../rules/slug.ts'
import type { Db } from './open-store.ts'
import type { AccountTable } from './tables.ts'

export type Account = Selectable<AccountTable>

export interface NewAccount {
  userId: number
  title: string
  now: number
  suffix: () => string
}

export async function createAccount(tx: Db, account: NewAccount): Promise<Account> {
  const taken = async (slug: string) => (await accountBySlug(tx, slug)) !== undefined
  return tx
    .insertInto('accounts')
    .values({
      user_id: account.userId,
      title: account.title,
      slug: await freeSlug(titleSlug(account.title), taken, account.suffix),
      created_at: account.now,
      updated_at: account.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

const accountBySlug = (db: Db, slug: string): Promise<Account | undefined> =>
  db.selectFrom('accounts').selectAll().where('slug', '=', slug).executeTakeFirst()

/** Changes the title; the slug stays, because configurations and bookmarks refer to it. */
export async function renameAccount(tx: Db, id: number, title: string, now: number): Promise<void> {
  await tx.updateTable('accounts').set({ title, updated_at: now }).where('id', '=', id).execute()
}

export async function deleteAccount(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom('accounts').where('id', '=', id).execute()
}

export async function accountIsEmpty(tx: Db, id: number): Promise<boolean> {
  const held = await tx.selectFrom('domain_accounts').select('id').where('account_id', '=', id).limit(1).execute()
  return held.length === 0
}

/** The accounts a user owns or has domain access to, by id; with `only`, at most that one. */
export function accessibleAccounts(db: Db, userId: number, only: number | null): Promise<Account[]> {
  const shared = db
    .selectFrom('user_accounts')
    .select('account_id')
    .where('user_id', '=', userId)
    .where('areas', 'like', '%"domains"%')
  let query = db
    .selectFrom('accounts')
    .selectAll()
    .where((where) => where.or([where('user_id', '=', userId), where('id', 'in', shared)]))
  if (only !== null) query = query.where('id', '=', only)
  return query.orderBy('id').execute()
}
