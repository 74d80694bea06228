import type { DnsClient } from '@dmarc-as-code/dns/resolver'
import type { Metrics } from './metrics.ts'

/** A client that counts its queries. */
export function countingClient(client: DnsClient, metrics: Pick<Metrics, 'dnsQuery'>): DnsClient {
  return {
    async query(question, server, options) {
      try {
        const answer = await client.query(question, server, options)
        metrics.dnsQuery('answered')
        return answer
      } catch (error) {
        metrics.dnsQuery('failed')
        throw error
      }
    },
  }
}
