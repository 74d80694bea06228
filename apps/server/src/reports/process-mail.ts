import { reasonText } from '@dmarc-as-code/records/reasons'
import type { AggregateRecord, AggregateReport, TlsReport } from '@dmarc-as-code/reports'
import { splitByDay } from '@dmarc-as-code/reports'
import type { FoundReport } from '@dmarc-as-code/reports/node'
import type { Selectable } from 'kysely'
import type { Db, Store } from '../store/open-store.ts'
import type { ReportMailTable } from '../store/report-tables.ts'
import { scheduleOnce } from '../store/work.ts'
import { isAccepted, isWorthAsking } from './accepted-reporters.ts'
import type { MailAuthentication, ReceivedMail } from './authenticate-mail.ts'
import { dayNumber } from './day-number.ts'
import type { CountsReporter } from './known-reporters.ts'
import { ReadingFailedError, readInput } from './read-input.ts'
import { lockReportDomain } from './report-domain.ts'
import { prepareDays } from './rows.ts'
import { noteTrustedReport } from './status.ts'
import {
  type EachRecord,
  type StoreContext,
  type Stored,
  storeAggregate,
  storeFailure,
  storeTls,
} from './store-report.ts'
import { reporterOf, trustOf } from './trust.ts'

export interface ProcessContext {
  store: Store
  now: () => number
  /** Who sent the mail. @throws {AuthenticationDelayedError} where DNS does not answer now */
  authenticate: (mail: ReceivedMail, signal?: AbortSignal) => Promise<MailAuthentication>
  /** Whose reports count without a word of the owner. */
  counts: CountsReporter
}

/** What became of one mail. */
export interface ProcessedMail {
  /** New reports of any kind, those that replaced one or were added to one included. */
  stored: number
  duplicates: number
  problems: number
}

/** Milliseconds from a report to the look for alerts. */
const alertsAfter = 3_600_000
/** Records that are kept in memory from the first reading; a larger report is read again for them. */
const mostInMemory = 5000

/**
 * Reads a mail and stores what is in it: reports, rows, totals and problems in one transaction, which also marks the mail as
 * done. A crash at any moment leaves either all of it or nothing, and then the mail is read again. Undefined: somebody has
 * done it already, or the domain was deleted.
 */
export async function processMail(
  mailId: number,
  { store, now, authenticate, counts }: ProcessContext,
  signal?: AbortSignal,
): Promise<ProcessedMail | undefined> {
  const row = await store.db
    .selectFrom('report_mails')
    .innerJoin('domains', 'domains.id', 'report_mails.domain_id')
    .selectAll('report_mails')
    .select(['domains.address', 'domains.report_id as hide_key'])
    .where('report_mails.id', '=', mailId)
    .where('report_mails.state', '=', 'waiting')
    .executeTakeFirst()
  if (!row) return undefined
  const { address, hide_key, ...mail } = row
  const read = await readOnce(mail.raw, { now: now(), hideKey: hide_key, signal })
  const authentication = mail.trust === 'mail' ? await authenticate(mail, signal) : null
  await prepareDays(store.db, store.engine, daysOf(read.found), now())
  return store.transaction(async (tx) => {
    const domain = await lockReportDomain(tx, store.engine, mail.domain_id)
    const { numUpdatedRows } = await tx
      .updateTable('report_mails')
      .set({ state: 'done', authentication: authentication && JSON.stringify(authentication) })
      .where('id', '=', mailId)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return undefined
    const processed: ProcessedMail = { stored: 0, duplicates: 0, problems: 0 }
    let trustedNow = false
    for (const [index, found] of read.found.entries()) {
      const context = {
        tx,
        engine: store.engine,
        domainId: mail.domain_id,
        mailId,
        month: domain.credits_month,
        now: now(),
      }
      const each = eachRecord(read, index, mail.raw, { now: now(), hideKey: hide_key, signal })
      const outcome = await storeFound(found, { context, mail, address, authentication, counts, each })
      if (outcome.problem) {
        processed.problems += 1
        await insertProblem(tx, mail, found.path, outcome.problem, now())
      }
      if (outcome.stored) processed.stored += 1
      else if (!outcome.problem) processed.duplicates += 1
      trustedNow ||= outcome.trusted === true && outcome.stored === true && isAggregate(found)
    }
    if (trustedNow) {
      await noteTrustedReport(tx, mail.domain_id, now())
      // Later, because reports about one day come in together.
      await scheduleOnce(tx, 'report-alerts', String(mail.domain_id), now() + alertsAfter)
    }
    return processed
  })
}

const isAggregate = ({ outcome }: FoundReport): boolean => outcome.ok && outcome.report.kind === 'aggregate'

interface Read {
  found: FoundReport[]
  /** By the number of the report; undefined: there are too many to keep. */
  records: Map<number, AggregateRecord[]> | undefined
}

type ReadOptions = { now: number; hideKey: string; signal: AbortSignal | undefined }

async function readOnce(raw: Uint8Array, { now, hideKey, signal }: ReadOptions): Promise<Read> {
  let records: Map<number, AggregateRecord[]> | undefined = new Map()
  let count = 0
  try {
    const found = await readInput(raw, {
      now,
      hideKey,
      ...(signal ? { signal } : {}),
      async onRecords(batch, report) {
        count += batch.length
        if (count > mostInMemory) records = undefined
        if (!records) return
        const known = records.get(report)
        if (known) for (const record of batch) known.push(record)
        else records.set(report, [...batch])
      },
    })
    return { found, records }
  } catch (error) {
    if (!(error instanceof ReadingFailedError)) throw error
    const { explanation } = reasonText('report_intake', 'reading-failed', { found: error.message })
    return {
      found: [
        {
          outcome: { ok: false, problem: { code: 'reading-failed' as never, message: explanation }, warnings: [] },
          path: [],
          sha256: '',
        },
      ],
      records: new Map(),
    }
  }
}

function eachRecord(read: Read, index: number, raw: Uint8Array, { now, hideKey, signal }: ReadOptions): EachRecord {
  return async (take) => {
    if (read.records) return take(read.records.get(index) ?? [])
    await readInput(raw, {
      now,
      hideKey,
      ...(signal ? { signal } : {}),
      onRecords: async (batch, report) => {
        if (report === index) await take(batch)
      },
    })
  }
}

interface FoundContext {
  context: Omit<StoreContext, 'trusted'>
  mail: Selectable<ReportMailTable>
  address: string
  authentication: MailAuthentication | null
  counts: CountsReporter
  each: EachRecord
}

interface Outcome {
  stored?: boolean
  trusted?: boolean
  problem?: { code: string; message: string; line?: number; reportId: number | null }
}

async function storeFound(found: FoundReport, given: FoundContext): Promise<Outcome> {
  const { outcome, sha256 } = found
  if (!outcome.ok) return { problem: { ...outcome.problem, reportId: null } }
  const { report, warnings } = outcome
  const { context, address, each } = given
  if (report.kind === 'failure') {
    return { stored: await storeFailure({ ...context, trusted: false }, report, sha256) }
  }
  const domains =
    report.kind === 'aggregate' ? [report.policyPublished.domain] : report.policies.map(({ domain }) => domain)
  const foreign = domains.find((domain) => domain !== address && !domain.endsWith(`.${address}`))
  if (foreign !== undefined) return { problem: intakeProblem('foreign-domain', foreign) }
  const reporter = reporterOfReport(report, given.authentication)
  const { trusted, code, detail } = await trustIn(given, reporter)
  const stored: Stored =
    report.kind === 'aggregate'
      ? await storeAggregate({ ...context, trusted }, { report, reporter, sha256, warnings }, each)
      : await storeTls({ ...context, trusted }, { report, reporter, sha256, warnings })
  const isNew = stored.result !== 'duplicate' && stored.result !== 'refused'
  if (trusted || code === undefined || stored.result === 'duplicate') return { stored: isNew, trusted }
  const asks =
    code === 'not-authenticated' || (await isWorthAsking(context.tx, context.domainId, reporter, context.now))
  if (!asks) return { stored: isNew, trusted }
  return { stored: isNew, trusted, problem: intakeProblem(code, detail, stored.reportId) }
}

function reporterOfReport(report: AggregateReport | TlsReport, authentication: MailAuthentication | null): string {
  const from = authentication?.from ?? null
  return report.kind === 'aggregate'
    ? reporterOf(report.metadata.email, report.metadata.orgName, from)
    : reporterOf(report.contactInfo, report.organizationName, from)
}

/**
 * Without a code, the lack of trust is nothing to act on: TLS reports over HTTPS never have it, and files are imported again by
 * somebody who vouches for them.
 */
async function trustIn(
  { mail, authentication, counts, context }: FoundContext,
  reporter: string,
): Promise<{ trusted: boolean; code?: 'not-authenticated' | 'unknown-reporter'; detail: string }> {
  if (mail.trust === 'always') return { trusted: true, detail: '' }
  if (!authentication) return { trusted: false, detail: '' }
  const { trust, found } = trustOf(authentication, { address: mail.from_address, reporter, counts })
  if (trust === 'forged') return { trusted: false, code: 'not-authenticated', detail: found }
  if (trust === 'counts' || (await isAccepted(context.tx, context.domainId, reporter)))
    return { trusted: true, detail: found }
  return { trusted: false, code: 'unknown-reporter', detail: reporter }
}

function intakeProblem(
  code: 'foreign-domain' | 'not-authenticated' | 'unknown-reporter',
  found: string,
  reportId: number | null = null,
) {
  return { code, message: reasonText('report_intake', code, { found }).explanation, reportId }
}

async function insertProblem(
  tx: Db,
  mail: Selectable<ReportMailTable>,
  path: readonly string[],
  problem: NonNullable<Outcome['problem']>,
  now: number,
): Promise<void> {
  await tx
    .insertInto('report_problems')
    .values({
      domain_id: mail.domain_id,
      mail_id: mail.id,
      report_id: problem.reportId,
      code: problem.code,
      message: problem.message.replaceAll('\u0000', ''),
      line: problem.line ?? null,
      path: JSON.stringify(path.map((name) => name.replaceAll('\u0000', '').slice(0, 200))),
      way: mail.way,
      from_address: mail.from_address,
      subject: mail.subject,
      size: mail.size,
      received_at: now,
      accepted_at: null,
    })
    .execute()
}

/** The days that rows of these reports fall on. */
function daysOf(found: readonly FoundReport[]): number[] {
  return found.flatMap(({ outcome }) => {
    if (!outcome.ok || outcome.report.kind !== 'aggregate') return []
    const { begin, end } = outcome.report.metadata.dateRange
    // A count of one for each second names every day of the period.
    return splitByDay(begin, end, Math.max(1, end - begin)).map(({ day }) => dayNumber(day))
  })
}

/** Ends the attempts to read a mail; the problem keeps it for download. */
export async function giveUpMail(
  mailId: number,
  store: Store,
  problem: { code: string; message: string },
  now: number,
): Promise<void> {
  await store.transaction(async (tx) => {
    const mail = await tx
      .updateTable('report_mails')
      .set({ state: 'done' })
      .where('id', '=', mailId)
      .where('state', '=', 'waiting')
      .returningAll()
      .executeTakeFirst()
    if (mail) await insertProblem(tx, mail, [], { ...problem, reportId: null }, now)
  })
}
