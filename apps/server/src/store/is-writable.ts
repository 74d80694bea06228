import { access, constants, statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Store } from './open-store.ts'

/** Bytes: with less, SQLite's log does not grow any more. */
const leastFree = 1024 * 1024

/**
 * Whether the database answers and takes writes: a PostgreSQL in recovery, or set to read-only, does not. For SQLite, that the
 * file is there, may be written and has space: its only writers are processes of this machine, and asking for the lock would make
 * them wait.
 */
export async function storeIsWritable({ db, engine }: Store): Promise<boolean> {
  await db.selectFrom('users').select('id').limit(1).execute()
  if (engine === 'postgres') {
    const { rows } = await sql<{ transaction_read_only: string }>`show transaction_read_only`.execute(db)
    return rows[0]?.transaction_read_only === 'off'
  }
  const { rows } = await sql<{ file: string }>`select file from pragma_database_list where name = 'main'`.execute(db)
  const file = rows[0]?.file
  // In memory.
  if (!file) return true
  try {
    await access(file, constants.W_OK)
    const { bavail, bsize } = await statfs(file)
    return bavail * bsize > leastFree
  } catch {
    // Gone, or read-only.
    return false
  }
}
