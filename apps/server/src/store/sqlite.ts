import SQLite from 'better-sqlite3'
import { CompiledQuery, type DatabaseConnection, type Dialect, SqliteDialect, SqliteDriver } from 'kysely'

/**
 * SQLite with WAL, so that readers never wait, synchronous=FULL, so that an acknowledged write survives a power failure,
 * and enforced foreign keys.
 */
export function sqliteDialect(file: string): Dialect {
  const database = new SQLite(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('busy_timeout = 5000')
  return new ImmediateSqliteDialect({ database })
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: { database: SQLite.Database }

  constructor(config: { database: SQLite.Database }) {
    super(config)
    this.#config = config
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
