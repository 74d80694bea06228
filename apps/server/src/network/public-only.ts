import { type DnsClient, DnsQueryError, type DnsServer, serverAddress } from '@dmarc-as-code/dns/resolver'
import type { PolicyFetcher } from '@dmarc-as-code/dns/verify'
import { canonicalName, type DnsMessage, type DnsRecord, isWithin } from '@dmarc-as-code/dns/wire'
import { isPrivateName } from './private-names.ts'
import { isPublicAddress } from './public-address.ts'

export interface PublicOnlyOptions {
  /** Servers of the configuration, which may have any address. */
  configured: readonly DnsServer[]
  /** Zones of the configuration, which may be of a private network: their answers are passed on as they are. */
  zones: readonly string[]
  /** Addresses of this server itself. */
  own: readonly string[]
}

/**
 * A client that queries public addresses and the servers of the configuration only, whatever the name servers of a
 * customer resolve to. The resolvers of the configuration may know a private network as well, and a customer's alias may
 * lead into it: private names are not asked for, their records are left out of answers, and an address that is not public
 * is replaced by the unspecified one, so that verification neither uses nor shows it.
 */
export function publicOnlyClient(client: DnsClient, { configured, zones, own }: PublicOnlyOptions): DnsClient {
  const known = new Set(configured.map(serverAddress))
  const ours = new Set(own)
  const isConfigured = (name: string) => zones.some((zone) => isWithin(canonicalName(name), canonicalName(zone)))
  return {
    async query(question, server, options) {
      const refuse = (why: string) => new DnsQueryError('network', question, server, why)
      const allowed = 'url' in server || isPublicAddress(server.address) || known.has(serverAddress(server))
      if (!allowed) throw refuse('it is not a public address, and is not queried')
      if (isConfigured(question.name)) return client.query(question, server, options)
      if (isPrivateName(canonicalName(question.name))) throw refuse('the name is one of private networks')
      return withoutPrivate(await client.query(question, server, options), isConfigured, ours)
    },
  }
}

function withoutPrivate(
  message: DnsMessage,
  isConfigured: (name: string) => boolean,
  own: ReadonlySet<string>,
): DnsMessage {
  const pass = (records: readonly DnsRecord[]) =>
    records
      .filter(({ name }) => isConfigured(name) || !isPrivateName(canonicalName(name)))
      .map((record) => (isConfigured(record.name) ? record : withoutPrivateAddress(record, own)))
  const { answers, authority, additional } = message
  return { ...message, answers: pass(answers), authority: pass(authority), additional: pass(additional) }
}

function withoutPrivateAddress(record: DnsRecord, own: ReadonlySet<string>): DnsRecord {
  if (record.type !== 'A' && record.type !== 'AAAA') return record
  const address = record.data as string
  if (isPublicAddress(address) || own.has(address)) return record
  return { ...record, data: record.type === 'A' ? '0.0.0.0' : '::' } as DnsRecord
}

/** Fetches policy files from public addresses and those of this server's own policy host only. */
export function publicOnlyFetcher(fetcher: PolicyFetcher, own: readonly string[]): PolicyFetcher {
  return {
    async fetch(host, addresses, options) {
      const allowed = addresses.filter((address) => isPublicAddress(address) || own.includes(address))
      if (allowed.length === 0 && addresses.length > 0) {
        const message = `${host} resolves to no public address, and is not fetched.`
        return { ok: false, reason: 'connect', message }
      }
      return fetcher.fetch(host, allowed, options)
    },
  }
}
