import {
  type ClassifiedRows,
  classifyRows,
  type Evidence,
  type EvidenceReport,
  type EvidenceRow,
  judgeEvidence,
  judgeMtaSts,
  type MtaStsEvidence,
  type PublishedPolicy,
  type SourceAnswer,
  type TlsReport,
} from '@dmarc-as-code/reports'
import { sql } from 'kysely'
import type { Db } from '../store/open-store.ts'
import { isSourceAnswer } from './accepted-reporters.ts'
import { dayAt, dayText } from './day-number.ts'
import { reportDomain } from './report-domain.ts'

const daySeconds = 86_400
/** Days of rows that rules look at, and of reports that may have seen the present policy. */
const rowDays = 60
const reportDays = 120

/** Rows of trusted reports between two days, both included; rows that differ by address only are one. */
export async function evidenceRowsOf(db: Db, domainId: number, from: number, to: number): Promise<EvidenceRow[]> {
  const rows = await db
    .selectFrom('report_rows')
    .select(['day', 'source', 'header_from', 'dkim', 'spf', 'reasons', 'auth'])
    .select(sql<number>`sum(count)`.as('count'))
    .where('domain_id', '=', domainId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .where('trusted', '=', 1)
    .groupBy(['day', 'source', 'header_from', 'dkim', 'spf', 'reasons', 'auth'])
    .execute()
  const texts = new Map<number, string>()
  const auths = new Map<string, Pick<EvidenceRow, 'dkim' | 'spf'>>()
  return rows.map((row) => {
    const day = texts.get(row.day) ?? dayText(row.day)
    texts.set(row.day, day)
    const auth = auths.get(row.auth) ?? (JSON.parse(row.auth) as Pick<EvidenceRow, 'dkim' | 'spf'>)
    auths.set(row.auth, auth)
    return {
      day,
      source: row.source,
      headerFrom: row.header_from,
      count: Number(row.count),
      ...(row.dkim === null ? {} : { dkimAligned: row.dkim === 'pass' }),
      ...(row.spf === null ? {} : { spfAligned: row.spf === 'pass' }),
      overridden: row.reasons !== '[]',
      dkim: auth.dkim,
      spf: auth.spf,
    }
  })
}

export async function answersOf(db: Db, domainId: number): Promise<Map<string, SourceAnswer>> {
  const rows = await db
    .selectFrom('source_answers')
    .select(['source', 'kind'])
    .where('domain_id', '=', domainId)
    .execute()
  return new Map(rows.filter(isSourceAnswer).map(({ source, kind }) => [source, kind as SourceAnswer]))
}

/** The sources of the last 30 days with their rows. */
export async function classifiedSources(db: Db, domainId: number, now: number): Promise<ClassifiedRows> {
  const today = dayAt(now)
  return classifyRows(await evidenceRowsOf(db, domainId, today - 30, today), await answersOf(db, domainId))
}

export interface DomainEvidence {
  evidence: Evidence
  presumeRestNotMine: boolean
  /** As the newest trusted report saw it. */
  currentPolicy: PublishedPolicy | null
  /** Reports of the window by whether they count. */
  reports: { trusted: number; untrusted: number }
}

export interface JudgedDomain {
  id: number
  address: string
  parked: boolean
}

/** May the DMARC policy of a domain be tightened, by the reports in the store? */
export async function dmarcEvidenceOf(db: Db, domain: JudgedDomain, now: number): Promise<DomainEvidence> {
  const today = dayAt(now)
  const since = (today - reportDays) * daySeconds
  const stored = await db
    .selectFrom('reports')
    .select(['trusted', 'reporter', 'begin_at', 'end_at', 'policy_domain', 'content'])
    .where('domain_id', '=', domain.id)
    .where('kind', '=', 'aggregate')
    .where('begin_at', '>=', since)
    .orderBy('end_at')
    .execute()
  const trusted = stored.filter((report) => report.trusted === 1)
  // A report about a policy of a subdomain's own says nothing about the policy of the domain.
  const reports = trusted.filter(({ policy_domain }) => policy_domain === domain.address).map(asEvidence)
  const known = await reportDomain(db, domain.id)
  const presumeRestNotMine = known?.presume_rest_not_mine === 1
  const window = (today - rowDays) * daySeconds
  const evidence = judgeEvidence({
    domain: domain.address,
    reports,
    rows: await evidenceRowsOf(db, domain.id, today - rowDays, today),
    answers: await answersOf(db, domain.id),
    presumeRestNotMine,
    parked: domain.parked,
    now,
  })
  return {
    evidence,
    presumeRestNotMine,
    currentPolicy: reports.at(-1)?.policy.p ?? null,
    reports: {
      trusted: trusted.filter(({ end_at }) => end_at >= window).length,
      untrusted: stored.filter((report) => report.trusted === 0 && report.end_at >= window).length,
    },
  }
}

function asEvidence(report: { reporter: string; begin_at: number; end_at: number; content: string }): EvidenceReport {
  const { policyPublished } = JSON.parse(report.content) as {
    policyPublished: { p?: PublishedPolicy; testing?: boolean }
  }
  const { p, testing } = policyPublished
  return {
    reporter: report.reporter,
    begin: report.begin_at,
    end: report.end_at,
    policy: { ...(p === undefined ? {} : { p }), ...(testing === undefined ? {} : { testing }) },
  }
}

/** May MTA-STS of a domain be enforced, by the trusted TLS reports in the store? */
export async function mtaStsEvidenceOf(
  db: Db,
  domain: JudgedDomain,
  now: number,
): Promise<{ evidence: MtaStsEvidence; reports: DomainEvidence['reports'] }> {
  const stored = await db
    .selectFrom('reports')
    .select(['trusted', 'content'])
    .where('domain_id', '=', domain.id)
    .where('kind', '=', 'tls')
    .where('begin_at', '>=', (dayAt(now) - rowDays) * daySeconds)
    .execute()
  const trusted = stored.filter((report) => report.trusted === 1)
  const reports = trusted.map(({ content }) => JSON.parse(content) as TlsReport)
  return {
    evidence: judgeMtaSts(domain.address, reports, now),
    reports: { trusted: trusted.length, untrusted: stored.length - trusted.length },
  }
}
