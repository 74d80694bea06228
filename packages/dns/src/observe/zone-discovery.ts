import { parseDomainName } from '@dmarc-as-code/records'
import { type DnsService, identifyDnsService } from '../services/identify.ts'
import { DnsNameError } from '../wire/errors.ts'
import { canonicalName, nameProblem, relativeName } from '../wire/names.ts'
import { withDelegation } from './delegation.ts'
import { unregisteredDomain } from './registry-zone.ts'
import type { Resolver } from './resolver.ts'
import type { NameServer } from './types.ts'

export interface DiscoverZoneInput {
  /** Any name: a domain as people write it, U-labels included, or a record's name. */
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
  /** The domain that is not registered, or no longer: `zone` is then a registry's, where nothing can be written. */
  unregistered?: string
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

/**
 * Where the records of a name are kept: the zone that holds it (by SOA, not by a suffix list), its servers, its parent's
 * delegation, and which DNS service that is. `service.adapter` is the `type` for `createAdapter`, where there is one.
 * Rejects with `DnsNameError` for what is no name, and with `ZoneLookupError` when no server answered.
 */
export async function discoverZone(input: DiscoverZoneInput): Promise<ZoneDiscovery> {
  const name = askedName(input.name)
  const run = input.resolver.begin({ signal: input.signal }).within()
  const deadline = AbortSignal.timeout(input.timeout ?? 10_000)
  const zone = await withDelegation(run, await run.findZone(name, deadline), deadline)
  const { delegation, negativeTtl, nsNames, nameServers } = zone
  const service = identifyDnsService(delegation ?? nsNames)
  const unregistered = unregisteredDomain(name, zone.name, nsNames)
  return {
    zone: zone.name,
    relativeName: relativeName(name, zone.name),
    ...(unregistered !== undefined && { unregistered }),
    nsNames,
    nameServers,
    ...(delegation && { delegation, delegationMatches: delegation.join() === nsNames.join() }),
    ...(negativeTtl !== undefined && { negativeTtl }),
    ...(service && { service }),
  }
}

function askedName(given: string): string {
  const parsed = parseDomainName(given)
  const name = parsed.ok ? parsed.ascii : canonicalName(given)
  const problem = nameProblem(name)
  if (problem) throw new DnsNameError(`"${given}" is not a domain name: ${problem}.`)
  return name
}
