import { type Dialect, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { isStoreUnavailable } from './unavailable.ts'

/** Milliseconds for a connection, whether it is new or another request has to give one back. */
const connectTime = 5000
/** Milliseconds for one statement. A server that stopped or hangs answers nothing, and no error comes by itself. */
const statementTime = 10_000

/**
 * PostgreSQL through a connection pool. Eight-byte integers are returned as numbers, as from SQLite. `patient` statements may
 * take any time, as those of migrations do.
 */
export function postgresDialect(connectionString: string, { patient = false } = {}): Dialect {
  const int8 = pg.types.builtins.INT8
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: connectTime,
    keepAlive: true,
    ...(patient ? {} : { query_timeout: statementTime }),
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    },
  })
  // A broken idle connection must not end the process: the pool drops it and opens another when needed.
  pool.on('error', () => {})
  return new PostgresDialect({ pool: withoutBroken(pool) })
}

/**
 * A connection whose statement was not answered in time is in a state that nobody knows, perhaps within a transaction: it is
 * closed instead of given to the next request, and takes no further statement, so that a rollback does not wait once more.
 */
function withoutBroken(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect()
      let broken: Error | undefined
      // Between two statements nobody waits for the connection, and its end would end the process.
      const onError = (error: Error) => {
        broken ??= error
      }
      client.on('error', onError)
      const query = async (...statement: unknown[]) => {
        if (broken) throw broken
        try {
          return await (client.query as (...statement: unknown[]) => Promise<unknown>)(...statement)
        } catch (error) {
          if (error instanceof Error && isStoreUnavailable(error) && !isAnswered(error)) broken = error
          throw error
        }
      }
      const release = () => {
        client.off('error', onError)
        // The pool listens from here on, also while it closes the connection.
        client.release(broken)
      }
      return { query, release } as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
    options: pool.options,
  }
}

/** Whether the server itself refused the statement, so that the connection goes on. */
const isAnswered = (error: unknown): boolean =>
  error instanceof Error && 'severity' in error && error.severity === 'ERROR'
