import {
  dmarcEffect,
  type MailView,
  mtaStsEffect,
  type PlanEffect,
  type RecordSet,
  tlsRptEffect,
} from '@dmarc-as-code/dns/apply'
import { hostedNames } from '@dmarc-as-code/records'

/** What it does to mail that records stand at names where others do now; `standing` is undefined for names that stay as they are. */
export async function effectOfRecords(
  { policy, domain }: Pick<PlanEffect, 'policy' | 'domain'>,
  standing: (name: string) => RecordSet[] | undefined,
  view: MailView,
): Promise<PlanEffect | undefined> {
  const names = hostedNames(domain)
  const at = (name: string) => {
    const sets = standing(name)
    return { name, next: sets && { sets } }
  }
  if (policy === 'dmarc') return dmarcEffect({ domain, next: at(names.dmarc).next }, view)
  if (policy === 'tls-rpt') return tlsRptEffect({ domain, next: at(names.tls_rpt).next }, view)
  return mtaStsEffect({ domain, id: at(names.mta_sts_id), host: at(names.mta_sts_policy) }, view)
}
