import { createDnsClient, createResolver, discoverZone, type ZoneDiscovery } from '@dmarc-as-code/dns'
import type { StubZone } from '../config/config.ts'
import type { ZoneLook } from './apply-desk.ts'
import { accessMethods } from './methods.ts'

/** Finds the zone of a name and who runs it. `stubZones` are asked instead of the public DNS where they match. */
export async function lookUpZone(name: string, stubZones: readonly StubZone[], signal: AbortSignal): Promise<ZoneLook> {
  const resolver = createResolver({ client: createDnsClient(), stubZones: [...stubZones] })
  return toLook(await discoverZone({ name, resolver, signal }))
}

export function toLook(found: ZoneDiscovery): ZoneLook {
  const adapter = found.service?.adapter
  const suggested = accessMethods.find((method) => method.id === adapter)?.id
  const servers = found.delegation ?? found.nsNames
  return {
    zone: found.zone,
    serviceTitle:
      found.service?.title ?? (servers.length > 0 ? `the servers ${servers.join(', ')}` : 'a server of your own'),
    // Servers of no known service are most likely one's own, and those take dynamic updates.
    ...(suggested ? { suggested } : found.service ? {} : { suggested: 'rfc2136' }),
    hasDomainConnect: false,
  }
}
