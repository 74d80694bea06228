import { sql } from 'kysely'
import type { Store } from './open-store.ts'

/**
 * Whether the database answers and takes writes: a PostgreSQL in recovery, or set to read-only, does not. For SQLite, that the
 * file can be read: its only writers are processes of this machine, and asking for the lock would make them wait.
 */
export async function storeIsWritable({ db, engine }: Store): Promise<boolean> {
  await db.selectFrom('users').select('id').limit(1).execute()
  if (engine === 'sqlite') return true
  const { rows } = await sql<{ transaction_read_only: string }>`show transaction_read_only`.execute(db)
  return rows[0]?.transaction_read_only === 'off'
}
