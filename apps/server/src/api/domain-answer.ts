import type { WireCnameRecord, WireDomain } from '@dmarc-as-code/client/contract'
import { hostedNames } from '@dmarc-as-code/records'
import { defaultDmarcRecord } from '../rules/default-record.ts'
import { hostedTargets } from '../rules/hosted-names.ts'
import { reportAddresses } from '../rules/report-addresses.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import type { DomainView } from '../store/domains.ts'
import { settingsOf } from '../store/settings.ts'

/** The four CNAMEs in the API's words, in the order a person would add them. */
const hostedCnames = [
  { service: 'hosted_dmarc', record: 'dmarc', kind: 'dmarc', look: 'dmarc' },
  { service: 'hosted_mta_sts', record: 'policy', kind: 'mta_sts_policy', look: 'mta_sts' },
  { service: 'hosted_mta_sts', record: 'mta_sts', kind: 'mta_sts_id', look: 'mta_sts' },
  { service: 'hosted_mta_sts', record: 'tls_rpt', kind: 'tls_rpt', look: 'mta_sts' },
] as const

/** The CNAMEs the domain's owner must publish, each with its state at the latest look. */
export function cnameRecords(domain: DomainView, zone: HostedZone): WireCnameRecord[] {
  const names = hostedNames(domain.address)
  const targets = hostedTargets(domain.key, zone.zone)
  return hostedCnames
    .filter(({ service }) => domain[service] === 1)
    .map(({ service, record, kind, look }) => {
      const seen = domain.cnames[kind]
      const at = domain.checkedAt[look]
      return {
        service,
        record,
        type: 'CNAME',
        name: names[kind],
        value: targets[kind],
        status: (seen?.status ?? 'awaiting_setup') as WireCnameRecord['status'],
        reason: (seen?.reason ?? null) as WireCnameRecord['reason'],
        checked_at: at === undefined ? null : isoTime(at),
      }
    })
}

/** A domain as the API answers it, in lists and alone. Made field by field: nothing of the row travels by accident. */
export function domainAnswer(domain: DomainView, zone: HostedZone): WireDomain {
  const hosted = domain.hosted_dmarc === 1
  const record = hosted
    ? defaultDmarcRecord(domain.parked_domain === 1, reportAddresses(domain.report_id, zone.reportHost))
    : null
  return {
    id: domain.id,
    user_id: domain.user_id,
    address: domain.address,
    slug: domain.slug,
    rua_report: domain.rua_report === 1,
    ruf_report: domain.ruf_report === 1,
    mta_sts_report: domain.mta_sts_report === null ? null : domain.mta_sts_report === 1,
    dmarc_status: domain.dmarc_status as WireDomain['dmarc_status'],
    mta_sts_status: domain.mta_sts_status as WireDomain['mta_sts_status'],
    parked_domain: domain.parked_domain === 1,
    ...(domain.parked_domain === 1
      ? {
          parked_domain_credits: domain.parked_domain_credits ?? 0,
          parked_domain_status: (domain.parked_domain_credits ?? 0) > 0 ? 'active' : 'exhausted',
        }
      : {}),
    created_at: isoTime(domain.created_at),
    updated_at: isoTime(domain.updated_at),
    tags: domain.tags,
    account_id: domain.account_id,
    hosted_dmarc: hosted,
    hosted_mta_sts: domain.hosted_mta_sts === 1,
    mta_sts_policy: settingsOf(domain).mta_sts_policy,
    default_dmarc_record: record,
    current_dmarc_config: hosted ? (domain.hosted_dmarc_config ?? record) : null,
    ...(hosted || domain.hosted_mta_sts === 1 ? { cname_records: cnameRecords(domain, zone) } : {}),
  }
}

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()
