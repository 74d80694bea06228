import SQLite from 'better-sqlite3'
import { CompiledQuery, type DatabaseConnection, type Dialect, SqliteDialect, SqliteDriver } from 'kysely'

/**
 * SQLite with the settings a mail administrator's data deserve: WAL so that readers never wait, synchronous=FULL so
 * that an acknowledged write survives a power cut, foreign keys enforced.
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
 * Takes the write lock when a transaction starts. A plain BEGIN takes it at the first write, and if another process
 * (the command line beside a running server) wrote in between, SQLite answers "busy" at once instead of waiting.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}
