import type { FoundReport } from '@dmarc-as-code/reports/node'
import type { Db } from '../store/open-store.ts'

type AnyReport = Extract<FoundReport['outcome'], { ok: true }>['report']

/** The policy domains that a report is about. */
export function domainsOfReport(report: AnyReport): string[] {
  if (report.kind === 'aggregate') return [report.policyPublished.domain]
  if (report.kind === 'tls') return [...new Set(report.policies.map(({ domain }) => domain))]
  return report.reportedDomains.length > 0
    ? [...report.reportedDomains]
    : report.headerFrom === undefined
      ? []
      : [report.headerFrom]
}

/** The domains of the store with this address, else with the nearest one above it. Only those of an account where one is given. */
export async function ownersOf(db: Db, address: string, accountId?: number): Promise<number[]> {
  const labels = address.split('.')
  for (let from = 0; from < labels.length - 1; from++) {
    let query = db
      .selectFrom('domains')
      .innerJoin('domain_accounts', 'domain_accounts.domain_id', 'domains.id')
      .select('domains.id')
      .distinct()
      .where('domains.address', '=', labels.slice(from).join('.'))
    if (accountId !== undefined) query = query.where('domain_accounts.account_id', '=', accountId)
    const rows = await query.execute()
    if (rows.length > 0) return rows.map(({ id }) => id)
  }
  return []
}
