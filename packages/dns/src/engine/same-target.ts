import { DnsInputError } from '../errors.ts'
import type { DnsAdapter } from './types.ts'

/**
 * Fails with `DnsInputError` unless the adapter leads to where a plan or journal was made: the same service, and the same
 * server, account and key where both say which. The name of a zone does not tell: two servers can serve one name.
 */
export function requireSameTarget(
  what: string,
  made: { service: string; identity?: string | undefined },
  adapter: DnsAdapter,
): void {
  if (made.service !== adapter.service) {
    throw new DnsInputError(`${what} was made for ${made.service}, not for ${adapter.service}.`)
  }
  if (made.identity === undefined || adapter.identity === undefined || made.identity === adapter.identity) return
  throw new DnsInputError(
    `${what} was made for ${made.identity}, but these settings are for ${adapter.identity}. Use the settings that it was made with.`,
  )
}
