import { type DnsService, identifyDnsService } from '../services/identify.ts'
import { canonicalName, relativeName } from '../wire/names.ts'
import { withDelegation } from './delegation.ts'
import type { Resolver } from './resolver.ts'
import type { NameServer } from './types.ts'

export interface DiscoverZoneInput {
  /** Any name: a domain, or a record's name. */
  name: string
  resolver: Resolver
  signal?: AbortSignal
  /** Milliseconds for all of it. Default 10,000. */
  timeout?: number
}

/** Who answers for a name. */
export interface ZoneDiscovery {
  /** The zone that holds the name; need not be the registrable domain. */
  zone: string
  /** The name relative to that zone, as most panels want it: `@` for the zone itself. */
  relativeName: string
  /** NS host names in the zone, sorted. */
  nsNames: string[]
  /** The name servers with their addresses. For a stub zone: its servers, without names. */
  nameServers: NameServer[]
  /** NS host names in the parent's delegation, sorted; undefined when the parent could not be asked. */
  delegation?: string[]
  /** Whether the delegation names the same servers as the zone; undefined when it is not known. */
  delegationMatches?: boolean
  /** Seconds that resolvers remember that a name of this zone does not exist. */
  negativeTtl?: number
  /** The hosting service, recognised by the delegation where that is known, since those servers are the ones asked. */
  service?: DnsService
}

/** Finds the zone of a name, its servers and who hosts it. Rejects with `ZoneLookupError` when nobody could be asked. */
export async function discoverZone(input: DiscoverZoneInput): Promise<ZoneDiscovery> {
  const run = input.resolver.begin({ signal: input.signal })
  const deadline = AbortSignal.timeout(input.timeout ?? 10_000)
  const zone = await withDelegation(run, await run.findZone(canonicalName(input.name), deadline), deadline)
  const { delegation, negativeTtl, nsNames, nameServers } = zone
  const service = identifyDnsService(delegation ?? nsNames)
  return {
    zone: zone.name,
    relativeName: relativeName(input.name, zone.name),
    nsNames,
    nameServers,
    ...(delegation && { delegation, delegationMatches: delegation.join() === nsNames.join() }),
    ...(negativeTtl !== undefined && { negativeTtl }),
    ...(service && { service }),
  }
}
