import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, type Transaction } from 'kysely'
import type { Engine } from './engine.ts'
import { migrate } from './migrate.ts'
import { postgresDialect } from './postgres.ts'
import { retryOnConflict } from './retry.ts'
import { sqliteDialect } from './sqlite.ts'
import type { Tables } from './tables.ts'

/** What a query runs on: the store itself or a transaction. */
export type Db = Kysely<Tables>

export interface Store {
  readonly db: Db
  readonly engine: Engine
  /**
   * Runs `work` in one transaction, and again when it fails because of a concurrent one (`isConflict`). Use only `tx`
   * inside: SQLite has a single connection.
   */
  transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Opens a database that this process has migrated already, as `openStore`. */
export function connectStore(location: string): Store {
  const engine: Engine = /^postgres(ql)?:\/\//.test(location) ? 'postgres' : 'sqlite'
  if (engine === 'sqlite' && location !== ':memory:') createFile(location)
  const db = new Kysely<Tables>({
    dialect: engine === 'postgres' ? postgresDialect(location) : sqliteDialect(location),
  })
  return {
    db,
    engine,
    transaction: (work) => retryOnConflict(() => db.transaction().execute(work)),
    close: () => db.destroy(),
  }
}

/**
 * Opens the database and migrates its schema. `location` is a file path, `:memory:`, or a `postgres://` URL
 * (`postgres:///name?host=/socket/folder` for a Unix socket).
 */
export async function openStore(location: string): Promise<Store> {
  const store = connectStore(location)
  // Migrations may take longer than any statement of a request.
  const migrating =
    store.engine === 'postgres'
      ? new Kysely<Tables>({ dialect: postgresDialect(location, { patient: true }) })
      : store.db
  try {
    await migrate(migrating, store.engine)
  } catch (error) {
    await store.close()
    throw error
  } finally {
    if (migrating !== store.db) await migrating.destroy()
  }
  return store
}

/** The file with its folder, where they are missing. SQLite gives its other files the same permissions. */
function createFile(location: string): void {
  mkdirSync(dirname(location), { recursive: true, mode: 0o700 })
  closeSync(openSync(location, 'a', 0o600))
}
