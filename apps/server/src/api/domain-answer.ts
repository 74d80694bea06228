import type { WireCnameRecord, WireDomain } from '@dmarc-as-code/client/contract'
import { recordKinds, recordKindTable } from '@dmarc-as-code/records'
import { defaultDmarcRecordOf } from '../rules/default-record.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import type { DomainView } from '../store/domains.ts'
import { settingsOf } from '../store/settings.ts'
import { verifiedService } from '../store/verifications.ts'
import { isoTime } from './iso-time.ts'

/** The CNAMEs the domain's owner must publish, each with its status from the latest verification. */
export function cnameRecords(domain: DomainView, zone: HostedZone): WireCnameRecord[] {
  const records: WireCnameRecord[] = []
  for (const kind of recordKinds) {
    const { service, wireWord, prefix, targetLabel } = recordKindTable[kind]
    if (domain[service] !== 1) continue
    const seen = domain.cnames[kind]
    const at = domain.checkedAt[verifiedService[service]]
    records.push({
      service,
      record: wireWord,
      type: 'CNAME',
      // The stored address consists of A-labels already.
      name: `${prefix}.${domain.address}`,
      value: `${domain.key}.${targetLabel}.${zone.zone}`,
      status: (seen?.status ?? 'awaiting_setup') as WireCnameRecord['status'],
      reason: (seen?.reason ?? null) as WireCnameRecord['reason'],
      checked_at: at === null ? null : isoTime(at),
    })
  }
  return records
}

/** A domain in the form of the API. Built field by field, so that no column is exposed by accident. */
export function domainAnswer(domain: DomainView, zone: HostedZone): WireDomain {
  const hosted = domain.hosted_dmarc === 1
  const settings = settingsOf(domain)
  const record = hosted
    ? defaultDmarcRecordOf(domain.report_id, zone.reportHost, domain.parked_domain === 1, settings)
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
    mta_sts_policy: settings.mta_sts_policy,
    default_dmarc_record: record,
    current_dmarc_config: hosted ? (domain.hosted_dmarc_config ?? record) : null,
    ...(hosted || domain.hosted_mta_sts === 1 ? { cname_records: cnameRecords(domain, zone) } : {}),
    version: domain.settings_version,
    managed_by: settings.managed_by,
    evidence_gate: domain.evidence_gate === 'enforce' ? 'enforce' : 'off',
  }
}
