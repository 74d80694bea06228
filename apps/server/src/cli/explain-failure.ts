/** Explains the common reasons why a server does not start and how to fix them; undefined for anything else. */
export function explainFailure(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const { code, address, port } = error as Error & { code: unknown; address?: string; port?: number }
  const where = port === undefined ? 'An address' : `Port ${port} of ${address ?? 'every address'}`
  switch (code) {
    case 'EADDRINUSE':
      return `${where} is already in use. Stop the program that uses it, or configure another port.`
    case 'EADDRNOTAVAIL':
      return `Cannot listen on ${address ?? 'the address'}: this machine does not have it. Configure one that it has, or 0.0.0.0.`
    case 'EACCES':
      return port === undefined
        ? `Permission denied: ${error.message}.`
        : `Permission denied: ${where} needs privileges. Use a port from 1024, or grant CAP_NET_BIND_SERVICE.`
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ENOENT':
    case '28P01':
    case '3D000':
    case 'SQLITE_CANTOPEN':
      return `Could not open the database (${String(code)}). Check "store" in the configuration.`
    default:
      return undefined
  }
}
