import type { Engine } from '../store/engine.ts'
import type { Db } from '../store/open-store.ts'
import type { MailAuthentication } from './authenticate-mail.ts'
import { trustOf } from './trust.ts'
import { trustReport } from './trust-report.ts'

/** Beside the answers about sources: what the owner said about a reporter. */
const prefix = 'reporter:'

/** The entry of an answer about a source, not about a reporter. */
export const isSourceAnswer = ({ source }: { source: string }): boolean => !source.startsWith(prefix)

/** The owner of the domain has accepted a report of this reporter. */
export async function isAccepted(db: Db, domainId: number, reporter: string): Promise<boolean> {
  const row = await db
    .selectFrom('source_answers')
    .select('kind')
    .where('domain_id', '=', domainId)
    .where('source', '=', prefix + reporter)
    .executeTakeFirst()
  return row !== undefined
}

/** Reporters that the owner of a domain is asked about in 30 days: whoever owns many domains can make many. */
const mostAsked = 20
const askedAgainAfter = 30 * 86_400_000

/** Whether the owner is to be asked about a reporter: not while the same question is open, and not about any number of them. */
export async function isWorthAsking(db: Db, domainId: number, reporter: string, now: number): Promise<boolean> {
  const open = await db
    .selectFrom('report_problems')
    .leftJoin('reports', 'reports.id', 'report_problems.report_id')
    .select('reports.reporter')
    .where('report_problems.domain_id', '=', domainId)
    .where('report_problems.code', '=', 'unknown-reporter')
    .where('report_problems.accepted_at', 'is', null)
    .where('report_problems.received_at', '>', now - askedAgainAfter)
    .limit(mostAsked)
    .execute()
  return open.length < mostAsked && !open.some((row) => row.reporter === reporter)
}

/** Lets the reports of a reporter count from now on, and those that came in already and are authenticated as its own. */
export async function acceptReporter(
  tx: Db,
  engine: Engine,
  domainId: number,
  reporter: string,
  now: number,
): Promise<void> {
  await tx
    .insertInto('source_answers')
    .values({ domain_id: domainId, source: prefix + reporter, kind: 'mine', answered_at: now })
    .onConflict((conflict) => conflict.columns(['domain_id', 'source']).doNothing())
    .execute()
  const waiting = await tx
    .selectFrom('reports')
    .innerJoin('report_mails', 'report_mails.id', 'reports.mail_id')
    .select(['reports.id', 'report_mails.authentication', 'report_mails.from_address'])
    .where('reports.domain_id', '=', domainId)
    .where('reports.reporter', '=', reporter)
    .where('reports.trusted', '=', 0)
    .where('report_mails.authentication', 'is not', null)
    .execute()
  for (const { id, authentication, from_address } of waiting) {
    const known = JSON.parse(authentication ?? '') as MailAuthentication
    const { trust } = trustOf(known, { address: from_address, reporter, counts: () => false })
    if (trust === 'unknown') await trustReport(tx, engine, domainId, id, now)
  }
}
