import { parseDomainName } from '@dmarc-as-code/records'
import { discoverZone, type ZoneDiscovery } from '../observe/discover.ts'
import type { Resolver } from '../observe/resolver.ts'
import type { CallOptions } from './types.ts'

export interface DiscoverOptions extends CallOptions {
  resolver: Resolver
  /** Milliseconds for all of it. Default 10,000. */
  timeout?: number
}

/**
 * Where a domain's records are kept: the zone that holds it (by SOA, not by a suffix list), its servers and its parent's
 * delegation, and which DNS service that is. `service.adapter` is the `type` for `createAdapter`, where there is one.
 * Takes a domain as people write it. Throws `TypeError` for what is none; rejects with `ZoneLookupError` when nobody
 * could be asked.
 */
export async function discover(domain: string, options: DiscoverOptions): Promise<ZoneDiscovery> {
  const parsed = parseDomainName(domain)
  if (!parsed.ok) throw new TypeError(`"${domain}" is not a domain name: ${parsed.finding.message}`)
  const { resolver, signal, timeout } = options
  return discoverZone({
    name: parsed.ascii,
    resolver,
    ...(signal ? { signal } : {}),
    ...(timeout === undefined ? {} : { timeout }),
  })
}
