import { toAsciiHost } from '../names/domain-name.ts'
import { isHostName } from '../names/labels.ts'

/** True for what an `mx` line may hold, in lower case: a host name, or `*.` and a host name (RFC 8461 3.2). */
export function isMxPattern(pattern: string): boolean {
  return typeof pattern === 'string' && isHostName(pattern.startsWith('*.') ? pattern.slice(2) : pattern)
}

/** A mail host as people write it, in A-labels and lower case; as it was where it cannot be one. */
export function toAsciiMxPattern(pattern: string): string {
  const host = pattern.startsWith('*.') ? pattern.slice(2) : pattern
  const ascii = toAsciiHost(host)
  return ascii === undefined ? pattern.toLowerCase() : `${pattern.slice(0, pattern.length - host.length)}${ascii}`
}

/**
 * True when an MX host is covered by a pattern of the policy (RFC 8461 4.1). A star covers exactly one label: labels are
 * compared, never text. Case and a final dot on `host` do not count, and international names may be in their own letters on
 * either side. A pattern that is not allowed matches nothing.
 */
export function mtaStsMxMatches(pattern: string, host: string): boolean {
  if (typeof pattern !== 'string' || typeof host !== 'string') return false
  const wanted = toAsciiMxPattern(pattern)
  const name = toAsciiHost(host.replace(/\.$/, ''))
  if (name === undefined || !isMxPattern(wanted)) return false
  if (!wanted.startsWith('*.')) return wanted === name
  const [, ...rest] = name.split('.')
  return rest.length > 0 && rest.join('.') === wanted.slice(2)
}
