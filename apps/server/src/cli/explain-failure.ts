/** What an operator can do about the usual reasons why a server does not start; undefined for the unexpected. */
export function explainFailure(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const { code, address, port } = error as Error & { code: unknown; address?: string; port?: number }
  const where = port === undefined ? 'an address' : `${address ?? 'any address'} port ${port}`
  switch (code) {
    case 'EADDRINUSE':
      return `Another program listens on ${where}. Stop it, or choose another port in the configuration.`
    case 'EADDRNOTAVAIL':
      return `This machine does not have the address ${address ?? ''} to listen on. Name one it has, or 0.0.0.0.`
    case 'EACCES':
      return port === undefined
        ? `This user may not use a file or folder: ${error.message}.`
        : `This user may not listen on ${where}. Use a port from 1024, or give the program CAP_NET_BIND_SERVICE.`
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ENOENT':
    case '28P01':
    case '3D000':
    case 'SQLITE_CANTOPEN':
      return `The database could not be opened (${String(code)}). Check "store" in the configuration.`
    default:
      return undefined
  }
}
