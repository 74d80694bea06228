import { formatMtaStsRecord, mtaStsPolicyId, type RecordKind, recordKinds } from '@dmarc-as-code/records'
import type { Rrset } from '../authority/zone-data.ts'
import { hostedTargets } from './hosted-names.ts'
import type { HostedZone, NamedRrsets } from './zone-records.ts'

/** The properties of a hosting that determine its records. */
export interface PublishedHosting {
  key: string
  dmarc_record: string | null
  tls_rpt_record: string | null
  /** The policy text served now, not the wanted one: the file goes live before its id (RFC 8461 section 8.1). */
  live_policy: string | null
}

/**
 * Everything the hosted zone contains for one key: its four names with their records; an empty list means that the name
 * must not exist. What is published is a pure function of the stored row. The policy host answers while hosted MTA-STS
 * has no policy yet; the id is announced only with a policy.
 */
export function hostedRecords(hosting: PublishedHosting, zone: HostedZone): NamedRrsets[] {
  const targets = hostedTargets(hosting.key, zone.zone)
  const records: Record<RecordKind, Rrset[]> = {
    dmarc: text(hosting.dmarc_record, zone.ttl),
    mta_sts_policy: hosting.live_policy === null && hosting.tls_rpt_record === null ? [] : policyHost(zone),
    mta_sts_id: text(policyIdRecord(hosting.live_policy), zone.ttl),
    tls_rpt: text(hosting.tls_rpt_record, zone.ttl),
  }
  return recordKinds.map((kind) => [targets[kind], records[kind]])
}

/** The TXT record that announces a policy; its id is derived from the text, so it changes exactly when the text does. */
export function policyIdRecord(policy: string | null): string | null {
  return policy === null ? null : formatMtaStsRecord({ id: mtaStsPolicyId(policy) })
}

function text(value: string | null, ttl: number): Rrset[] {
  return value === null ? [] : [{ type: 'TXT', ttl, data: [value] }]
}

/**
 * CAA records are at the target itself: a certificate authority follows the CNAME, and only a CAA record found there
 * keeps it from continuing to the customer's own, perhaps restrictive, CAA records (RFC 8659 section 3).
 */
function policyHost({ ttl, policyHostAddresses, certificateAuthorities }: HostedZone): Rrset[] {
  const { ipv4, ipv6 } = policyHostAddresses
  const rrsets: Rrset[] = []
  if (ipv4.length > 0) rrsets.push({ type: 'A', ttl, data: ipv4 })
  if (ipv6.length > 0) rrsets.push({ type: 'AAAA', ttl, data: ipv6 })
  if (certificateAuthorities.length > 0) {
    rrsets.push({ type: 'CAA', ttl, data: certificateAuthorities.map((value) => ({ tag: 'issue', value })) })
  }
  return rrsets
}
