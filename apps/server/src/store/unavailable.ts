/** SQLSTATE classes and codes of PostgreSQL: connection lost, shutting down, out of resources, read-only, disk trouble. */
const ofPostgres = /^(?:08\w{3}|53\w{3}|57P0[1-5]|58\w{3}|25006|XX00[0-2])$/
const ofNetwork = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
])
const ofSqlite = /^SQLITE_(?:BUSY|LOCKED|READONLY|FULL|IOERR|CANTOPEN|CORRUPT|NOTADB|PERM|AUTH)/
/** What the PostgreSQL driver says without a code. */
const withoutCode =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Cannot use a pool after calling end)/

/** Whether a query failed because the database cannot be used now, so that the same may succeed later. */
export function isStoreUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError && error.errors.some(isStoreUnavailable)) return true
  const code = 'code' in error ? String(error.code) : ''
  const isPostgres = 'severity' in error
  if (isPostgres) return ofPostgres.test(code)
  // A system call of something else has these codes, too: of the driver they carry no path of a file.
  if (ofNetwork.has(code))
    return 'syscall' in error && ['connect', 'read', 'write', 'getaddrinfo'].includes(String(error.syscall))
  return ofSqlite.test(code) || withoutCode.test(error.message)
}
