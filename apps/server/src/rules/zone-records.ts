import { reportAuthorisationWildcard } from '@dmarc-as-code/records'
import type { Rrset } from '../authority/zone-data.ts'

/** The hosted zone, as far as its contents depend on where this server runs. */
export interface HostedZone {
  /** `hosting.example.net`: every hosted name lies below it. */
  zone: string
  /** Seconds a resolver may keep a hosted record; a change is seen everywhere after this time. */
  ttl: number
  /** Host of the report addresses. */
  reportHost: string
  /** Mail servers of the report host, best first, when the report host lies in the hosted zone. */
  reportExchanges: readonly string[]
  /** Where the policy host is reached. */
  policyHostAddresses: { ipv4: readonly string[]; ipv6: readonly string[] }
  /** Certificate authorities that may issue for the policy host, as CAA names them (`letsencrypt.org`). Empty: no CAA. */
  certificateAuthorities: readonly string[]
}

export type NamedRrsets = readonly [name: string, rrsets: readonly Rrset[]]

/**
 * The records that do not belong to one domain: leave for every policy domain to send its reports to our report host
 * (RFC 9990 section 4; the wildcard must stand alone, a more specific name would shadow it), and the host's MX.
 * Empty when the report host is not in our zone: its owner publishes them.
 */
export function sharedRecords(zone: HostedZone): NamedRrsets[] {
  const { reportHost, ttl } = zone
  if (reportHost !== zone.zone && !reportHost.endsWith(`.${zone.zone}`)) return []
  const { name, value } = reportAuthorisationWildcard(reportHost)
  const records: NamedRrsets[] = [[name, [{ type: 'TXT', ttl, data: [value] }]]]
  if (zone.reportExchanges.length > 0 && reportHost !== zone.zone) {
    const data = zone.reportExchanges.map((exchange, index) => ({ preference: 10 * (index + 1), exchange }))
    records.push([reportHost, [{ type: 'MX', ttl, data }]])
  }
  return records
}
