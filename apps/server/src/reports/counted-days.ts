import { sql } from 'kysely'
import type { Db } from '../store/open-store.ts'
import { dayAt } from './day-number.ts'

/** The stored numbers of one UTC day. Messages are those of trusted reports unless said otherwise. */
export interface CountedDay {
  day: number
  reports: number
  reporters: number
  messages: number
  passed: number
  failed: number
  overridden: number
  untrusted_messages: number
  dispositions: { none: number; quarantine: number; reject: number }
  tls: { reports: number; successful_sessions: number; failed_sessions: number }
}

const daySeconds = 86_400

/** One entry for each day between two days, both included. */
export async function countedDays(db: Db, domainId: number, from: number, to: number): Promise<CountedDay[]> {
  const days = Array.from({ length: to - from + 1 }, (_, index) => emptyDay(from + index))
  const at = (day: number): CountedDay | undefined => days[day - from]

  const totals = await db
    .selectFrom('day_totals')
    .select(['day', 'trusted', 'disposition', 'dkim', 'spf', 'overridden', sql<number>`sum(count)`.as('count')])
    .where('domain_id', '=', domainId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy(['day', 'trusted', 'disposition', 'dkim', 'spf', 'overridden'])
    .execute()
  for (const row of totals) {
    const [day, count] = [at(row.day), Number(row.count)]
    if (!day) continue
    if (row.trusted === 0) {
      day.untrusted_messages += count
      continue
    }
    const passed = row.dkim === 'pass' || row.spf === 'pass'
    day.messages += count
    if (passed) day.passed += count
    else day.failed += count
    if (!passed && row.overridden === 1) day.overridden += count
    const disposition = row.disposition === 'quarantine' || row.disposition === 'reject' ? row.disposition : 'none'
    day.dispositions[disposition] += count
  }

  const reports = await db
    .selectFrom('reports')
    .select(['reporter', 'begin_at', 'end_at'])
    .where('domain_id', '=', domainId)
    .where('kind', '=', 'aggregate')
    .where('trusted', '=', 1)
    // A report covers 31 days at most.
    .where('begin_at', '>=', (from - 31) * daySeconds)
    .where('begin_at', '<', (to + 1) * daySeconds)
    .execute()
  const reporters = new Map<CountedDay, Set<string>>()
  for (const { reporter, begin_at, end_at } of reports) {
    const last = Math.max(dayAt(begin_at * 1000), dayAt((end_at - 1) * 1000))
    for (let number = dayAt(begin_at * 1000); number <= last; number++) {
      const day = at(number)
      if (!day) continue
      day.reports += 1
      reporters.set(day, (reporters.get(day) ?? new Set()).add(reporter))
    }
  }
  for (const [day, names] of reporters) day.reporters = names.size

  const sessions = await db
    .selectFrom('tls_days')
    .select(['day', 'reports', 'successful', 'failed'])
    .where('domain_id', '=', domainId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute()
  for (const row of sessions) {
    const tls = at(row.day)?.tls
    if (!tls) continue
    tls.reports += row.reports
    tls.successful_sessions += row.successful
    tls.failed_sessions += row.failed
  }
  return days
}

const emptyDay = (day: number): CountedDay => ({
  day,
  reports: 0,
  reporters: 0,
  messages: 0,
  passed: 0,
  failed: 0,
  overridden: 0,
  untrusted_messages: 0,
  dispositions: { none: 0, quarantine: 0, reject: 0 },
  tls: { reports: 0, successful_sessions: 0, failed_sessions: 0 },
})
