import { getPublicSuffix } from 'tldts-icann'
import { isWithin } from '../wire/names.ts'

/**
 * The domain that a registry has not delegated, where the zone that holds a name is a registry's (`com`, `co.uk`, the
 * root): it is not registered, has expired, or is on hold. Nothing of its owner's can be found or written there. A zone
 * whose name servers are not known was not confirmed by anybody, and says nothing.
 */
export function unregisteredDomain(name: string, zone: string, nsNames: readonly string[] = []): string | undefined {
  if (nsNames.length === 0 || name === zone || !isWithin(name, zone) || !isRegistryZone(zone)) return undefined
  const labels = name.split('.')
  const depth = zone === '' ? 1 : zone.split('.').length + 1
  return labels.slice(-depth).join('.')
}

/** Names at the top that no registry runs: reserved ones (RFC 6761, RFC 6762, ICANN), and those of private networks. */
const nobodys = new Set(
  'alt corp example home internal intranet invalid lan local localhost onion private test'.split(' '),
)

// The zone of a name comes from SOA records; the list only says whose zone that is.
function isRegistryZone(zone: string): boolean {
  if (zone === '') return true
  return getPublicSuffix(`name.${zone}`) === zone && !nobodys.has(zone)
}
