import type { Selectable, Updateable } from 'kysely'
import type { Db, Store } from './open-store.ts'
import type { UserTable } from './tables.ts'

export type User = Selectable<UserTable>

export async function createUser(db: Db, user: { email: string; plan: string; now: number }): Promise<User> {
  return db
    .insertInto('users')
    .values({
      email: user.email,
      plan: user.plan,
      parked_quota: null,
      created_at: user.now,
      disabled_at: null,
      domain_quota: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export const findUser = (db: Db, id: number): Promise<User | undefined> =>
  db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()

export const findUserByEmail = (db: Db, email: string): Promise<User | undefined> =>
  db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()

/** The user of a request was deleted while it ran. */
export class UserGoneError extends Error {
  constructor() {
    super('the user was deleted meanwhile')
    this.name = 'UserGoneError'
  }
}

/**
 * Reads a user and blocks other transactions that do so until this one ends; needed to count against a quota and to
 * choose a free slug. On SQLite transactions are serial anyway.
 *
 * @throws {UserGoneError} when the user was deleted
 */
export async function lockUser(tx: Db, engine: Store['engine'], id: number): Promise<User> {
  const query = tx.selectFrom('users').selectAll().where('id', '=', id)
  return (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow(() => new UserGoneError())
}

/** A user with what there is of them. */
export interface UserOverview extends User {
  accounts: number
  domains: number
  /** Tokens that are neither revoked nor expired. */
  tokens: number
}

export async function userOverviews(db: Db, now: number): Promise<UserOverview[]> {
  const counted = async (query: Promise<{ user_id: number; count: number | string }[]>) =>
    new Map((await query).map(({ user_id, count }) => [user_id, Number(count)]))
  const ofTable = (table: 'accounts' | 'domains') =>
    db
      .selectFrom(table)
      .select(['user_id', (select) => select.fn.countAll<number | string>().as('count')])
      .groupBy('user_id')
      .execute()
  const usable = db
    .selectFrom('tokens')
    .select(['user_id', (select) => select.fn.countAll<number | string>().as('count')])
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .groupBy('user_id')
    .execute()
  const [accounts, domains, tokens] = [
    await counted(ofTable('accounts')),
    await counted(ofTable('domains')),
    await counted(usable),
  ]
  const users = await db.selectFrom('users').selectAll().orderBy('id').execute()
  return users.map((user) => ({
    ...user,
    accounts: accounts.get(user.id) ?? 0,
    domains: domains.get(user.id) ?? 0,
    tokens: tokens.get(user.id) ?? 0,
  }))
}

export async function changeUser(tx: Db, id: number, change: Updateable<UserTable>): Promise<void> {
  await tx.updateTable('users').set(change).where('id', '=', id).execute()
}

/** Deletes a user who has no domains: with accounts, tokens, tags and memberships. */
export async function deleteUser(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom('tokens').where('user_id', '=', id).execute()
  await tx.deleteFrom('tags').where('user_id', '=', id).execute()
  await tx.deleteFrom('user_accounts').where('user_id', '=', id).execute()
  const own = tx.selectFrom('accounts').select('id').where('user_id', '=', id)
  await tx.deleteFrom('domain_accounts').where('account_id', 'in', own).execute()
  await tx.deleteFrom('accounts').where('user_id', '=', id).execute()
  await tx.deleteFrom('users').where('id', '=', id).execute()
}
