import { type Dialect, PostgresDialect } from 'kysely'
import pg from 'pg'

/** PostgreSQL through a connection pool. Eight-byte integers are returned as numbers, as from SQLite. */
export function postgresDialect(connectionString: string): Dialect {
  const int8 = pg.types.builtins.INT8
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    },
  })
  // A broken idle connection must not end the process: the pool drops it and opens another when needed.
  pool.on('error', () => {})
  return new PostgresDialect({ pool })
}
