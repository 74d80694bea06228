import { type DnsClient, DnsQueryError, type DnsServer, serverAddress } from '@dmarc-as-code/dns/resolver'
import type { PolicyFetcher } from '@dmarc-as-code/dns/verify'
import { isPublicAddress } from './public-address.ts'

/**
 * A client that queries public addresses and the servers of the configuration only, whatever the name servers of a
 * customer resolve to.
 */
export function publicOnlyClient(client: DnsClient, configured: readonly DnsServer[]): DnsClient {
  const known = new Set(configured.map(serverAddress))
  return {
    async query(question, server, options) {
      const allowed = 'url' in server || isPublicAddress(server.address) || known.has(serverAddress(server))
      if (!allowed)
        throw new DnsQueryError('network', question, server, 'it is not a public address, and is not queried')
      return client.query(question, server, options)
    },
  }
}

/** Fetches policy files from public addresses and those of this server's own policy host only. */
export function publicOnlyFetcher(fetcher: PolicyFetcher, own: readonly string[]): PolicyFetcher {
  return {
    async fetch(host, addresses, options) {
      const allowed = addresses.filter((address) => isPublicAddress(address) || own.includes(address))
      if (allowed.length === 0 && addresses.length > 0) {
        const message = `${host} resolves to ${addresses.slice(0, 4).join(', ')}, which is not a public address, and is not fetched.`
        return { ok: false, reason: 'connect', message }
      }
      return fetcher.fetch(host, allowed, options)
    },
  }
}
