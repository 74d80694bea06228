import { recordsOfType } from '@dmarc-as-code/dns/wire'
import { type Found, found } from './found.ts'
import type { LookUp } from './look-up.ts'

/** The hosts of a domain's MX records, in order of preference; empty where it receives no mail (RFC 7505) or has none. */
export async function mailHosts(domain: string, lookUp: LookUp): Promise<Found<string[]>> {
  const answer = await lookUp(domain, 'MX')
  if (!answer.known) return answer
  const hosts = recordsOfType(answer.value, 'MX')
    .map(({ data }) => data)
    .sort((a, b) => a.preference - b.preference)
    .map(({ exchange }) => exchange.replace(/\.$/, '').toLowerCase())
    .filter((host) => host !== '')
  return found([...new Set(hosts)])
}
