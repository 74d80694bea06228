import {
  compareDmarc,
  compareMtaSts,
  formatMtaStsPolicy,
  hostedMtaStsPolicy,
  parseDmarc,
  parseMtaStsPolicy,
  RecordError,
} from '@dmarc-as-code/records'
import type { DomainSummary, MtaStsPolicyView } from './model.ts'

/**
 * Whether publishing this DMARC record weakens what receivers use now. A hosted record that they do not reach yet can be
 * changed freely: the plan of its CNAME shows the effect.
 */
export function dmarcNeedsConsent({ policy, dmarcRecord = '' }: DomainSummary, record: string): boolean {
  return (
    policy !== undefined && compareDmarc({ own: parseDmarc(dmarcRecord) }, { own: parseDmarc(record) }).needsConsent
  )
}

/** The same of an MTA-STS policy; undefined for none. */
export function mtaStsNeedsConsent(domain: DomainSummary, next: MtaStsPolicyView | undefined): boolean {
  const isLive = domain.records.some(({ kind, status }) => kind === 'mta_sts_policy' && status === 'verified')
  return isLive && compareMtaSts(parsed(domain.mtaSts), parsed(next)).needsConsent
}

function parsed(policy: MtaStsPolicyView | undefined) {
  const file = policy && policyFile(policy)
  return file === undefined ? null : parseMtaStsPolicy(file)
}

/** The policy file as it is served; undefined for a policy that is not complete, which is not served. */
export function policyFile({ mode, mx, days }: MtaStsPolicyView): string | undefined {
  try {
    return formatMtaStsPolicy(hostedMtaStsPolicy({ mode, mx: mx.join(', '), mxAgeDays: days }))
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}
