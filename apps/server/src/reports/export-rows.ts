import type { AggregateRecord, AggregateReport } from '@dmarc-as-code/reports'
import type { Store } from '../store/open-store.ts'
import { dayText } from './day-number.ts'

/** One row of the export. Names are those of parsedmarc where the meaning is the same; lists are joined in CSV. */
export type ExportedRow = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

export interface ExportOptions {
  store: Store
  /** Default: all. */
  domain?: string
  /** Days since 1970, both included. */
  from: number
  to: number
}

/** Single rows of aggregate reports by domain and day: in one order, and never more than one day of one domain in memory. */
export async function* exportRows({ store, domain, from, to }: ExportOptions): AsyncGenerator<ExportedRow> {
  let query = store.db.selectFrom('domains').select(['id', 'address']).orderBy('id')
  if (domain !== undefined) query = query.where('address', '=', domain)
  for (const { id, address } of await query.execute()) {
    const days = await store.db
      .selectFrom('report_rows')
      .select('day')
      .distinct()
      .where('domain_id', '=', id)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .orderBy('day')
      .execute()
    for (const { day } of days) yield* rowsOfDay(store, { id, address, day })
  }
}

async function* rowsOfDay(
  store: Store,
  { id, address, day }: { id: number; address: string; day: number },
): AsyncGenerator<ExportedRow> {
  const rows = await store.db
    .selectFrom('report_rows')
    .innerJoin('reports', 'reports.id', 'report_rows.report_id')
    .selectAll('report_rows')
    .select(['reports.org_name', 'reports.email', 'reports.report_id as identifier', 'reports.begin_at'])
    .select(['reports.end_at', 'reports.content', 'reports.policy_domain'])
    .where('report_rows.domain_id', '=', id)
    .where('report_rows.day', '=', day)
    .orderBy('report_rows.id')
    .execute()
  const policies = new Map<string, AggregateReport['policyPublished']>()
  for (const row of rows) {
    const policy = policies.get(row.content) ?? (JSON.parse(row.content) as AggregateReport).policyPublished
    policies.set(row.content, policy)
    const auth = JSON.parse(row.auth) as AggregateRecord['authResults']
    const [dkim, spf] = [row.dkim === 'pass', row.spf === 'pass']
    yield {
      day: dayText(day),
      monitored_domain: address,
      trusted: row.trusted === 1,
      org_name: row.org_name,
      org_email: row.email,
      report_id: row.identifier,
      begin_date: time(row.begin_at),
      end_date: time(row.end_at),
      domain: row.policy_domain,
      adkim: policy.adkim ?? null,
      aspf: policy.aspf ?? null,
      p: policy.p ?? null,
      sp: policy.sp ?? null,
      pct: policy.pct ?? null,
      source_ip_address: row.source_ip,
      source_base_domain: row.source.includes('/') ? null : row.source,
      count: row.count,
      spf_aligned: spf,
      dkim_aligned: dkim,
      dmarc_aligned: dkim || spf,
      disposition: row.disposition,
      policy_override_reasons: JSON.parse(row.reasons) as string[],
      envelope_from: row.envelope_from,
      header_from: row.header_from,
      dkim_domains: auth.dkim.map(({ domain }) => domain),
      dkim_selectors: auth.dkim.map(({ selector }) => selector ?? 'none'),
      dkim_results: auth.dkim.map(({ result }) => result),
      spf_domains: auth.spf.map(({ domain }) => domain),
      spf_results: auth.spf.map(({ result }) => result),
    }
  }
}

const time = (seconds: number): string => new Date(seconds * 1000).toISOString()

/** RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe: reporters and senders choose these texts. */
export function csvLine(values: readonly ExportedRow[string][]): string {
  return values
    .map((value) => {
      const text = Array.isArray(value) ? value.join(',') : String(value ?? '')
      const safe = typeof value !== 'number' && /^[=+\-@\t]/.test(text) ? `'${text}` : text
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
    })
    .join(',')
}
