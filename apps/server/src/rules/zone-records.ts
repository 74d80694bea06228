import { reportAuthorisationWildcard } from '@dmarc-as-code/records'
import type { Rrset } from '../authority/zone-data.ts'

/** The properties of the hosted zone that come from the configuration of this server. */
export interface HostedZone {
  /** Name of the zone, e.g. `hosting.example.net`; every hosted name is below it. */
  zone: string
  /** TTL of hosted records in seconds; a change is visible everywhere after this time. */
  ttl: number
  /** Host of the report addresses. */
  reportHost: string
  /** Mail servers of the report host in order of preference, when the report host is in the hosted zone. */
  reportExchanges: readonly string[]
  /** Public addresses of this server, where it receives the mail for the report host itself. */
  reportReceiver?: { ipv4: readonly string[]; ipv6: readonly string[] }
  /** Public addresses of the policy host. */
  policyHostAddresses: { ipv4: readonly string[]; ipv6: readonly string[] }
  /** Certificate authorities that may issue for the policy host, by their CAA domain (`letsencrypt.org`). Empty: no CAA records. */
  certificateAuthorities: readonly string[]
}

export type NamedRrsets = readonly [name: string, rrsets: readonly Rrset[]]

/**
 * The records that belong to no single domain: the authorisation for every policy domain to send reports to the report
 * host (RFC 9990 section 4; a name below the wildcard would shadow it), and the MX records of the report host. Where this
 * server receives the mail, also its addresses, and records that say that the report host sends none. Empty when the report
 * host is outside the hosted zone: its owner publishes them.
 */
export function sharedRecords(zone: HostedZone): NamedRrsets[] {
  const { reportHost, ttl, reportReceiver } = zone
  if (reportHost !== zone.zone && !reportHost.endsWith(`.${zone.zone}`)) return []
  const { name, value } = reportAuthorisationWildcard(reportHost)
  const records: NamedRrsets[] = [[name, [{ type: 'TXT', ttl, data: [value] }]]]
  if (reportHost === zone.zone) return records
  const exchanges = reportReceiver && zone.reportExchanges.length === 0 ? [reportHost] : zone.reportExchanges
  const data = exchanges.map((exchange, index) => ({ preference: 10 * (index + 1), exchange }))
  const rrsets: Rrset[] = data.length > 0 ? [{ type: 'MX', ttl, data }] : []
  if (reportReceiver) {
    const { ipv4, ipv6 } = reportReceiver
    if (ipv4.length > 0) rrsets.push({ type: 'A', ttl, data: ipv4 })
    if (ipv6.length > 0) rrsets.push({ type: 'AAAA', ttl, data: ipv6 })
    rrsets.push({ type: 'TXT', ttl, data: ['v=spf1 -all'] })
    records.push([`_dmarc.${reportHost}`, [{ type: 'TXT', ttl, data: ['v=DMARC1; p=reject'] }]])
  }
  if (rrsets.length > 0) records.push([reportHost, rrsets])
  return records
}
