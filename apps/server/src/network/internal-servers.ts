import { type DnsServer, serverAddress } from '@dmarc-as-code/dns/resolver'
import { isPublicAddress } from './public-address.ts'

/** Takes the addresses of this installation's own network out of texts that tenants read. */
export type HideInternal = (text: string) => string

const shownInstead = 'a server of this installation'

/**
 * Hides the servers of the configuration (resolvers, servers of stub zones, the policy host behind NAT) that have an address of a private network: a
 * tenant cannot reach them, and learns nothing from them but how the operator's network is laid out.
 */
export function hideInternalServers(configured: readonly DnsServer[]): HideInternal {
  const internal = configured.filter((server) => !('url' in server) && !isPublicAddress(server.address))
  const texts = new Set(internal.flatMap((server) => [serverAddress(server), 'url' in server ? '' : server.address]))
  // The longer spelling, with the port, first.
  const spellings = [...texts].filter((text) => text !== '').sort((a, b) => b.length - a.length)
  if (spellings.length === 0) return (text) => text
  const escaped = spellings.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  // Not inside a name or a longer address.
  const pattern = new RegExp(`(?<![\\w.:-])(?:${escaped.join('|')})(?![\\w:-]|\\.\\w)`, 'g')
  return (text) => text.replace(pattern, shownInstead)
}
