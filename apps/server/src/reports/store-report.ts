import { createHash } from 'node:crypto'
import { reasonText } from '@dmarc-as-code/records/reasons'
import {
  type AggregateRecord,
  type AggregateReport,
  type FailureReport,
  type ReportWarning,
  splitByDay,
  type TlsReport,
} from '@dmarc-as-code/reports'
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Engine } from '../store/engine.ts'
import type { Db } from '../store/open-store.ts'
import type { ReportTable } from '../store/report-tables.ts'
import { spendCredits } from './credits.ts'
import { dayAt, dayNumber } from './day-number.ts'
import { clean, insertRows, rowsKept, rowsOf } from './rows.ts'
import { subtractTotals, TotalsDelta, totalKey } from './totals.ts'

export interface StoreContext {
  tx: Db
  engine: Engine
  domainId: number
  /** The mail that brought it. */
  mailId: number | null
  /** Counts as evidence. */
  trusted: boolean
  /** `report_domains.credits_month`. */
  month: string | null
  now: number
}

export type Stored =
  | { result: 'stored' | 'merged' | 'replaced' | 'duplicate'; reportId: number }
  /** A report without trust, whose place is taken by one with trust and other content. */
  | { result: 'refused'; reportId: null }

/** Records of the report, as often as they are asked for. */
export type EachRecord = (take: (batch: readonly AggregateRecord[]) => Promise<void>) => Promise<void>

/**
 * Stores an aggregate report with its rows and totals, once: the same content again changes nothing, other rows of the same
 * report are added, and a report that differs replaces the older one. A report without trust never touches one with trust.
 */
export async function storeAggregate(
  context: StoreContext,
  found: { report: AggregateReport; reporter: string; sha256: string; warnings: readonly ReportWarning[] },
  each: EachRecord,
): Promise<Stored> {
  const { tx } = context
  const { report, sha256 } = found
  const { metadata, policyPublished } = report
  const key = identity('aggregate', found.reporter, metadata.reportId, policyPublished.domain, metadata.dateRange)
  const known = await existing(context, key)
  if (known) {
    const again = known.sha256.split(' ').includes(sha256)
    if (again && known.trusted >= Number(context.trusted)) return { result: 'duplicate', reportId: known.id }
    if (known.trusted > Number(context.trusted)) return { result: 'refused', reportId: null }
    // Without its rows, what the first one added to the totals cannot be taken back: it stands.
    if (known.rows_kept === 0) return { result: 'duplicate', reportId: known.id }
    const sameTrust = known.trusted === Number(context.trusted)
    if (!again && sameTrust && (await isDisjoint(tx, known.id, report, each))) {
      await addRows(context, known.id, report, each)
      await tx
        .updateTable('reports')
        .set((row) => ({
          sha256: `${known.sha256} ${sha256}`,
          records: row('records', '+', report.records),
          messages: row('messages', '+', report.messages),
          updated_at: context.now,
        }))
        .where('id', '=', known.id)
        .execute()
      return { result: 'merged', reportId: known.id }
    }
    await subtractTotals(tx, context.domainId, known.id)
    await tx.deleteFrom('report_rows').where('report_id', '=', known.id).execute()
    await tx.deleteFrom('reports').where('id', '=', known.id).execute()
  }
  const credits = await spendCredits(tx, context.domainId, report.messages, context)
  const keepsRows = credits !== 0
  const replaced = known !== undefined && !known.sha256.split(' ').includes(sha256)
  const warnings = replaced ? [...found.warnings, replacedWarning(metadata.reportId)] : found.warnings
  const { id } = await tx
    .insertInto('reports')
    .values({
      ...commonColumns(context, 'aggregate', key, found),
      org_name: clean(metadata.orgName),
      email: clean(metadata.email),
      report_id: clean(metadata.reportId),
      policy_domain: policyPublished.domain,
      begin_at: metadata.dateRange.begin,
      end_at: metadata.dateRange.end,
      content: json(report),
      records: report.records,
      messages: report.messages,
      rows_kept: keepsRows ? 1 : 0,
      warnings: json(warnings),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await addRows(context, id, report, each, keepsRows)
  return { result: replaced ? 'replaced' : 'stored', reportId: id }
}

async function addRows(
  { tx, domainId, trusted, now }: StoreContext,
  reportId: number,
  report: AggregateReport,
  each: EachRecord,
  keepsRows = true,
): Promise<void> {
  const totals = new TotalsDelta()
  const oldest = dayAt(now) - rowsKept
  await each(async (batch) => {
    const rows = batch
      .flatMap((record) => rowsOf(report, record))
      .map((row) => ({
        ...row,
        report_id: reportId,
        domain_id: domainId,
        trusted: trusted ? (1 as const) : (0 as const),
      }))
    for (const row of rows) totals.add(totalKey(row), row.count)
    if (keepsRows)
      await insertRows(
        tx,
        rows.filter(({ day }) => day > oldest),
      )
  })
  await totals.write(tx)
}

/** Whether a report has no row in common with the stored part of it: then both are parts of one report. */
async function isDisjoint(tx: Db, reportId: number, report: AggregateReport, each: EachRecord): Promise<boolean> {
  const stored = await tx.selectFrom('report_rows').select('digest').where('report_id', '=', reportId).execute()
  const digests = new Set(stored.map(({ digest }) => digest))
  let disjoint = true
  await each(async (batch) => {
    for (const record of batch) {
      if (!disjoint) return
      disjoint = !rowsOf(report, record).some(({ digest }) => digests.has(digest))
    }
  })
  return disjoint
}

/** Stores a TLS report, once. The newest of two that differ counts. */
export async function storeTls(
  context: StoreContext,
  found: { report: TlsReport; reporter: string; sha256: string; warnings: readonly ReportWarning[] },
): Promise<Stored> {
  const { tx, domainId } = context
  const { report, sha256 } = found
  const domain = report.policies[0]?.domain ?? ''
  const key = identity('tls', found.reporter, report.reportId, domain, report.dateRange)
  const known = await existing(context, key)
  if (known) {
    if (known.sha256 === sha256 && known.trusted >= Number(context.trusted))
      return { result: 'duplicate', reportId: known.id }
    if (known.trusted > Number(context.trusted)) return { result: 'refused', reportId: null }
    await countSessions(tx, domainId, known.trusted, JSON.parse(known.content), -1)
    await tx.deleteFrom('reports').where('id', '=', known.id).execute()
  }
  const replaced = known !== undefined && known.sha256 !== sha256
  const sessions = report.policies.reduce((sum, policy) => sum + policy.successfulSessions + policy.failedSessions, 0)
  const { id } = await tx
    .insertInto('reports')
    .values({
      ...commonColumns(context, 'tls', key, found),
      org_name: clean(report.organizationName),
      email: clean(report.contactInfo),
      report_id: clean(report.reportId),
      policy_domain: domain,
      begin_at: report.dateRange.begin,
      end_at: report.dateRange.end,
      content: json(report),
      records: report.policies.length,
      messages: sessions,
      rows_kept: 1,
      warnings: json(replaced ? [...found.warnings, replacedWarning(report.reportId)] : found.warnings),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await countSessions(tx, domainId, context.trusted ? 1 : 0, report, 1)
  return { result: replaced ? 'replaced' : 'stored', reportId: id }
}

export async function countSessions(
  tx: Db,
  domainId: number,
  trusted: 0 | 1,
  report: TlsReport,
  sign: 1 | -1,
): Promise<void> {
  const { begin, end } = report.dateRange
  const sum = (key: 'successfulSessions' | 'failedSessions') =>
    report.policies.reduce((total, policy) => total + policy[key], 0)
  const days = new Map<number, { successful: number; failed: number }>()
  for (const key of ['successful', 'failed'] as const) {
    const total = sum(`${key}Sessions`)
    for (const { day, count } of splitByDay(begin, end, total)) {
      const entry = days.get(dayNumber(day)) ?? { successful: 0, failed: 0 }
      entry[key] += count
      days.set(dayNumber(day), entry)
    }
  }
  const first = dayAt(begin * 1000)
  if (!days.has(first)) days.set(first, { successful: 0, failed: 0 })
  for (const [day, { successful, failed }] of [...days].sort(([a], [b]) => a - b)) {
    const reports = day === first ? sign : 0
    await tx
      .insertInto('tls_days')
      .values({ domain_id: domainId, day, trusted, reports, successful: sign * successful, failed: sign * failed })
      .onConflict((conflict) =>
        conflict.columns(['domain_id', 'day', 'trusted']).doUpdateSet({
          reports: sql`tls_days.reports + excluded.reports`,
          successful: sql`tls_days.successful + excluded.successful`,
          failed: sql`tls_days.failed + excluded.failed`,
        }),
      )
      .execute()
  }
}

/** Stores a failure report, once. It is shown and is no evidence, so trust does not matter. */
export async function storeFailure(
  { tx, domainId, mailId, now }: StoreContext,
  report: FailureReport,
  sha256: string,
): Promise<boolean> {
  const stored = await tx
    .insertInto('report_failures')
    .values({ domain_id: domainId, mail_id: mailId, sha256, received_at: now, content: json(report) })
    .onConflict((conflict) => conflict.columns(['domain_id', 'sha256']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return stored !== undefined
}

function commonColumns(
  { domainId, mailId, trusted, now }: StoreContext,
  kind: 'aggregate' | 'tls',
  key: string,
  { reporter, sha256 }: { reporter: string; sha256: string },
) {
  return {
    domain_id: domainId,
    mail_id: mailId,
    kind,
    identity: key,
    sha256,
    trusted: trusted ? (1 as const) : (0 as const),
    reporter: clean(reporter),
    received_at: now,
    updated_at: now,
  }
}

async function existing({ tx, domainId }: StoreContext, key: string): Promise<Selectable<ReportTable> | undefined> {
  return tx
    .selectFrom('reports')
    .selectAll()
    .where('domain_id', '=', domainId)
    .where('identity', '=', key)
    .executeTakeFirst()
}

function identity(
  kind: string,
  reporter: string,
  reportId: string,
  domain: string,
  { begin, end }: { begin: number; end: number },
): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, reporter, reportId, domain, begin, end]))
    .digest('hex')
}

function replacedWarning(reportId: string): { code: 'replaced'; message: string; count: number } {
  return {
    code: 'replaced',
    message: reasonText('report_intake', 'replaced', { found: reportId }).explanation,
    count: 1,
  }
}

/** PostgreSQL stores no NUL; as an escape in JSON it would come back as one. */
const json = (value: unknown): string => JSON.stringify(value).replace(/\\u0000/g, '')
