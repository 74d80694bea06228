/** Explains the common reasons why a command or the server cannot work and how to fix them; undefined for anything else. */
export function explainFailure(error: unknown): string | undefined {
  for (const each of causesOf(error)) {
    const explanation = explain(each)
    if (explanation !== undefined) return explanation
  }
  return undefined
}

/** The error, the errors it is made of, and its causes. */
function causesOf(error: unknown): Error[] {
  const found: Error[] = []
  for (let each: unknown = error; each instanceof Error && found.length < 10; each = each.cause) {
    found.push(each)
    if (each instanceof AggregateError) found.push(...each.errors.filter((inner) => inner instanceof Error))
  }
  return found
}

const checkStore = 'Check "store" in the configuration.'

function explain(error: Error): string | undefined {
  if (/^The database was written by a newer version/.test(error.message)) return error.message
  if (/^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout)/.test(error.message)) {
    return `The database does not answer (${error.message.toLowerCase()}). Check that it runs, and ${lower(checkStore)}`
  }
  if (/does not support SSL connections/.test(error.message)) {
    return `The database does not offer TLS, which "store" asks for. Switch it on there, or use sslmode=disable.`
  }
  if (!('code' in error)) return undefined
  const code = String(error.code)
  if (code.startsWith('SQLITE_')) return ofSqlite(code)
  if ('severity' in error) return ofPostgres(code, error.message)
  return ofSystem(code, error as NodeJS.ErrnoException & { address?: string; port?: number })
}

function ofSqlite(code: string): string | undefined {
  const what = `Could not use the database file (${code})`
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code)) {
    return `${what}: it is no SQLite database, or damaged. ${checkStore} Restore a backup where it is damaged.`
  }
  if (code.startsWith('SQLITE_FULL')) return `${what}: the disk is full. Free some space.`
  if (/^SQLITE_(?:READONLY|PERM|AUTH|CANTOPEN)/.test(code)) {
    return `${what}: the file and its folder must be writable for this user. ${checkStore}`
  }
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code))
    return `${what}: another program keeps it locked. Stop that program, or try again.`
  return code.startsWith('SQLITE_IOERR') ? `${what}: the disk reports an error.` : undefined
}

function ofPostgres(code: string, message: string): string | undefined {
  const what = `The database refuses (${code}): ${message}.`
  if (code === '28P01' || code === '28000') return `${what} Check user and password in "store", and pg_hba.conf.`
  if (code === '3D000') return `${what} Create it, or name another in "store".`
  if (code === '42501') return `${what} Grant the role of "store" all privileges on the schema, or make it the owner.`
  if (code === '25006') return `${what} It is read-only, perhaps a standby: point "store" to the primary.`
  if (/^(?:08|53|57|58)/.test(code)) return `${what} Check the database server.`
  return undefined
}

const certificateFaults =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?)|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID)$/

function ofSystem(
  code: string,
  error: NodeJS.ErrnoException & { address?: string; port?: number },
): string | undefined {
  const { address, port, syscall, path } = error
  const where = port === undefined ? 'An address' : `Port ${port} of ${address ?? 'every address'}`
  if (certificateFaults.test(code)) {
    return `The TLS certificate of the database is not trusted (${code}). Name its CA with sslrootcert in "store", and the host name of the certificate.`
  }
  switch (code) {
    case 'EADDRINUSE':
      return `${where} is already in use. Stop the program that uses it, or configure another port.`
    case 'EADDRNOTAVAIL':
      return `Cannot listen on ${address ?? 'the address'}: this machine does not have it. Configure one that it has, or 0.0.0.0.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return syscall === 'getaddrinfo'
        ? `The name of a host in the configuration cannot be resolved (${code} ${(error as { hostname?: string }).hostname ?? ''}). Check "store", and the listen addresses.`
        : `Could not open the database (${code}). ${checkStore}`
    case 'ERR_INVALID_URL':
      return `"store" is no valid URL. Write it as postgres://user:password@host:5432/database, with special characters of the password percent-encoded.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      if (port !== undefined) {
        return `Permission denied: ${where} needs privileges. Use a port from 1024, or grant CAP_NET_BIND_SERVICE.`
      }
      return `Permission denied (${code})${path === undefined ? '' : ` at ${path}`}. This user must be able to write there; choose another place in the configuration, or change its owner.`
    case 'EISDIR':
    case 'ENOTDIR':
    case 'EEXIST':
      return `${path ?? 'A path of the configuration'} is ${code === 'EISDIR' ? 'a folder' : 'below a file'}. Check the paths of the configuration, such as "store".`
    case 'ENOSPC':
      return 'The disk is full. Free some space.'
    case 'ENOENT':
      return path !== undefined && syscall !== 'connect'
        ? `${path} does not exist. Check the paths of the configuration.`
        : `Could not open the database (${code}). ${checkStore}`
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return `Could not open the database (${code}). Check that it runs, and ${lower(checkStore)}`
    default:
      // A call of the operating system that failed is a matter of the machine, whatever the call is.
      return syscall === undefined ? undefined : `Could not ${syscall} ${path ?? address ?? ''} (${code}).`
  }
}

const lower = (text: string): string => text.replace(/^./, (letter) => letter.toLowerCase())
