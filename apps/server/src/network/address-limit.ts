import { clientNetwork } from './client-network.ts'

export interface AddressLimitOptions {
  /** Requests per minute from one address; an IPv6 network of 64 bits counts as one address. */
  perMinute: number
  /** Milliseconds since 1970. */
  now: () => number
}

export interface AddressLimit {
  /** Seconds to wait where the address has used its requests up; undefined where it has not. */
  exceeded(address: string): number | undefined
  count(address: string): void
}

const minute = 60_000
/** Beyond it the addresses seen longest ago are forgotten, so that an attacker with many addresses fills no memory. */
const mostAddresses = 50_000

/** Counts requests in memory, in windows of a minute. */
export function addressLimit({ perMinute, now }: AddressLimitOptions): AddressLimit {
  let window = 0
  let counts = new Map<string, number>()

  const current = (): Map<string, number> => {
    const present = Math.floor(now() / minute)
    if (present !== window) {
      window = present
      counts = new Map()
    }
    return counts
  }

  return {
    exceeded(address) {
      if ((current().get(clientNetwork(address)) ?? 0) < perMinute) return undefined
      return Math.ceil(((window + 1) * minute - now()) / 1000)
    },
    count(address) {
      const seen = current()
      const network = clientNetwork(address)
      const count = (seen.get(network) ?? 0) + 1
      seen.delete(network)
      seen.set(network, count)
      const [oldest] = seen.keys()
      if (seen.size > mostAddresses && oldest !== undefined) seen.delete(oldest)
    },
  }
}
