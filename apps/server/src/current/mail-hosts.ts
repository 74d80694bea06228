import { recordsOfType } from '@dmarc-as-code/dns/wire'
import { isHostName } from '@dmarc-as-code/records'
import { type Found, found } from './found.ts'
import type { LookUp } from './look-up.ts'

/**
 * The hosts of a domain's MX records, in order of preference; empty where it receives no mail (RFC 7505) or has none. Whoever
 * owns the domain writes them, so an exchange that is no host name (an address, `mx_1`, a space) is left out: no mail server can
 * be reached by it, and no policy can name it (RFC 8461 section 3.2).
 */
export async function mailHosts(domain: string, lookUp: LookUp): Promise<Found<string[]>> {
  const answer = await lookUp(domain, 'MX')
  if (!answer.known) return answer
  const hosts = recordsOfType(answer.value, 'MX')
    .map(({ data }) => data)
    .sort((a, b) => a.preference - b.preference)
    .map(({ exchange }) => exchange.replace(/\.$/, '').toLowerCase())
    .filter(isHostName)
  return found([...new Set(hosts)])
}
