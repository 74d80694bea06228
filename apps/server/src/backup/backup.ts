import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { sql } from 'kysely'
import { packageVersion } from '../app/package-version.ts'
import type { Store } from '../store/open-store.ts'
import { type Row, readRows, rowLine } from './rows.ts'
import { readSequences } from './sequences.ts'
import { tablesInOrder } from './tables.ts'

export const manifestName = 'manifest.json'
export const rowsName = 'store.jsonl.gz'
export const keysName = 'keys'

/** What a backup says of itself. */
export interface Manifest {
  format: 1
  /** The version of the server. */
  version: string
  created_at: string
  /** The last migration of the store. */
  migration: string
  /** Rows of each table. */
  tables: Record<string, number>
  sequences: Record<string, number>
  /** SHA-256 of the file of rows, in hex. */
  sha256: string
}

/** A row as the backup has it. */
export type Redact = (table: string, row: Row) => Row

/**
 * Writes the whole store, as of one moment, into a new folder that only this user can read. The same form for every database,
 * so that a backup of SQLite can be restored into PostgreSQL. Safe while servers run.
 */
export async function backUpStore(
  store: Store,
  folder: string,
  now: Date,
  { redact = (_table, row) => row }: { redact?: Redact } = {},
): Promise<Manifest> {
  await mkdir(folder, { mode: 0o700 })
  const tables = await tablesInOrder(store)
  const counts: Record<string, number> = {}
  const described = await snapshot(store, async (tx) => {
    const lines = async function* () {
      for (const table of tables) {
        counts[table] = 0
        for await (const rows of readRows(tx, store.engine, table)) {
          counts[table] = (counts[table] ?? 0) + rows.length
          yield `${rows.map((row) => rowLine(table, redact(table, row))).join('\n')}\n`
        }
      }
    }
    const file = createWriteStream(join(folder, rowsName), { mode: 0o600, flags: 'wx', flush: true })
    await pipeline(Readable.from(lines()), createGzip(), file)
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name desc limit 1`.execute(
      tx,
    )
    return { migration: rows[0]?.name ?? '', sequences: await readSequences(tx, store.engine) }
  })
  const sha256 = createHash('sha256')
    .update(await readFile(join(folder, rowsName)))
    .digest('hex')
  const manifest: Manifest = {
    format: 1,
    version: packageVersion(),
    created_at: now.toISOString(),
    tables: counts,
    sha256,
    ...described,
  }
  // Last, so that a folder without it is known to be incomplete.
  await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
  return manifest
}

/** Runs `work` on the store as it is at one moment, without holding up writers. */
async function snapshot<T>(store: Store, work: (tx: Store['db']) => Promise<T>): Promise<T> {
  if (store.engine === 'postgres') {
    return store.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
  }
  // A reading transaction of SQLite: unlike ours for writing, it takes no lock.
  return store.db.connection().execute(async (connection) => {
    await sql`begin deferred`.execute(connection)
    try {
      return await work(connection)
    } finally {
      await sql`rollback`.execute(connection)
    }
  })
}
