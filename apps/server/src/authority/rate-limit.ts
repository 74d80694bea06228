import { isIPv4 } from 'node:net'

export interface RateLimitOptions {
  /** UDP replies per second to one client network (IPv4 /24, IPv6 /56) before replies are truncated. */
  perSecond: number
  /** Milliseconds since an epoch. */
  now: () => number
}

/** What to do with a UDP reply: send it, send an empty one with TC (a real client retries over TCP), or drop it. */
export type Verdict = 'send' | 'truncate' | 'drop'

const WINDOW_MS = 1000
const MAX_NETWORKS = 50_000

/**
 * Response rate limiting against reflection attacks with forged source addresses. Loopback is exempt. Counts are kept
 * for one second; when more networks than can be counted send queries in it, further ones get truncated replies, which
 * are no larger than the query.
 */
export function rateLimit({ perSecond, now }: RateLimitOptions): (address: string) => Verdict {
  let windowStart = now()
  let counts = new Map<string, number>()
  return (address) => {
    if (address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')) return 'send'
    if (now() - windowStart >= WINDOW_MS) {
      windowStart = now()
      counts = new Map()
    }
    const network = networkOf(address)
    const count = (counts.get(network) ?? 0) + 1
    if (count === 1 && counts.size >= MAX_NETWORKS) return 'truncate'
    counts.set(network, count)
    if (count <= perSecond) return 'send'
    return count % 2 === 0 ? 'truncate' : 'drop'
  }
}

function networkOf(address: string): string {
  const v4 = address.startsWith('::ffff:') ? address.slice(7) : address
  if (isIPv4(v4)) return v4.split('.').slice(0, 3).join('.')
  const [head = '', tail] = address.split('::')
  const groups = head.split(':')
  const written = groups.length + (tail ? tail.split(':').length : 0)
  const full =
    tail === undefined ? groups : [...groups, ...Array(8 - written).fill('0'), ...(tail ? tail.split(':') : [])]
  const hex = full.map((group) => (group === '' ? '0' : group).padStart(4, '0')).join('')
  return hex.slice(0, 14)
}
