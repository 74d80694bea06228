import SQLite from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'

/**
 * SQLite with WAL, so that readers never wait, synchronous=FULL, so that an acknowledged write survives a power failure,
 * and enforced foreign keys.
 */
export function sqliteDialect(file: string): Dialect {
  // The timeout comes first: switching to WAL takes a lock that another process may hold.
  const database = new SQLite(file, { timeout: 5000 })
  switchToWal(database)
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  return new ImmediateSqliteDialect({ database: withPreparedStatements(database) })
}

/** Texts of statements kept prepared: more than the server has, so that only lists of values of many lengths exceed it. */
const mostStatements = 500

/** Preparing a statement of a list takes longer than reading one of its rows. SQLite adapts it itself where the schema changes. */
function withPreparedStatements(database: SQLite.Database): SqliteDatabase {
  const prepared = new Map<string, SQLite.Statement>()
  return {
    prepare(text) {
      let statement = prepared.get(text)
      if (!statement) {
        if (prepared.size >= mostStatements) prepared.clear()
        statement = database.prepare(text)
        prepared.set(text, statement)
      }
      return statement as ReturnType<SqliteDatabase['prepare']>
    },
    close() {
      prepared.clear()
      database.close()
    },
  }
}

/**
 * Two processes that open a new database at once both switch it to WAL, and SQLite reports the conflict without waiting
 * for the timeout.
 */
function switchToWal(database: SQLite.Database): void {
  const deadline = performance.now() + 5000
  for (;;) {
    try {
      database.pragma('journal_mode = WAL')
      return
    } catch (error) {
      const busy = error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')
      if (!busy || performance.now() > deadline) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: { database: SqliteDatabase }

  constructor(config: { database: SqliteDatabase }) {
    super(config)
    this.#config = config
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalSqliteAdapter()
  }

  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver(this.#config)
  }
}

/**
 * Takes the write lock when a transaction starts. A plain BEGIN takes it at the first write, and when another process
 * (a command while a server is running) wrote in between, SQLite fails with "busy" at once instead of waiting.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/** SQLite's DDL is transactional: with it, a migration reads what is missing and writes it under one lock. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
