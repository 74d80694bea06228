import type { Selectable } from 'kysely'
import { freeSlug, titleSlug } from '../rules/slug.ts'
import { numericId } from './numeric-id.ts'
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

/** An account by id or slug, whoever owns it. */
export async function accountByReference(db: Db, reference: string): Promise<Account | undefined> {
  const id = numericId(reference)
  const byId = id === undefined ? undefined : await findAccount(db, id)
  return byId ?? accountBySlug(db, reference)
}

const findAccount = (db: Db, id: number): Promise<Account | undefined> =>
  db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()

/** Accounts with the email addresses of their owner and of those they are shared with. */
export async function accountOverviews(
  db: Db,
  userId: number | undefined,
): Promise<(Account & { owner: string; members: string[] })[]> {
  let query = db
    .selectFrom('accounts')
    .innerJoin('users', 'users.id', 'accounts.user_id')
    .selectAll('accounts')
    .select('users.email as owner')
    .orderBy('accounts.id')
  if (userId !== undefined) query = query.where('accounts.user_id', '=', userId)
  const shared = await db
    .selectFrom('user_accounts')
    .innerJoin('users', 'users.id', 'user_accounts.user_id')
    .select(['user_accounts.account_id', 'users.email'])
    .orderBy('user_accounts.id')
    .execute()
  const members = Map.groupBy(shared, ({ account_id }) => account_id)
  const rows = await query.execute()
  return rows.map((row) => ({ ...row, members: (members.get(row.id) ?? []).map(({ email }) => email) }))
}
