import type { Selectable } from 'kysely'
import type { Db, Store } from './open-store.ts'
import type { UserTable } from './tables.ts'

export type User = Selectable<UserTable>

export async function createUser(db: Db, user: { email: string; plan: string; now: number }): Promise<User> {
  return db
    .insertInto('users')
    .values({ email: user.email, plan: user.plan, parked_quota: null, created_at: user.now })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export const findUser = (db: Db, id: number): Promise<User | undefined> =>
  db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()

export const findUserByEmail = (db: Db, email: string): Promise<User | undefined> =>
  db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()

/**
 * Reads a user and blocks other transactions that do so until this one ends; needed to count against a quota and to
 * choose a free slug. On SQLite transactions are serial anyway.
 */
export async function lockUser(tx: Db, engine: Store['engine'], id: number): Promise<User> {
  const query = tx.selectFrom('users').selectAll().where('id', '=', id)
  return (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow()
}
