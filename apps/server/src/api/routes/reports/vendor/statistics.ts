import { classifyRows } from '@dmarc-as-code/reports'
import { sql } from 'kysely'
import { countedDays } from '../../../../reports/counted-days.ts'
import { dayAt, dayText } from '../../../../reports/day-number.ts'
import { answersOf, evidenceRowsOf } from '../../../../reports/evidence-of.ts'
import { domainOf } from '../../../access.ts'
import { route } from '../../../route.ts'
import { daysOf } from '../period.ts'

interface PeriodQuery {
  'q[start_date]'?: string | undefined
  'q[end_date]'?: string | undefined
  filter?: string | undefined
}

/** `last_30_days` and the like end today. */
function periodOf(query: PeriodQuery, now: number) {
  const days = /^last_(\d+)_days$/.exec(query.filter ?? '')?.[1]
  if (days === undefined) return daysOf({ from: query['q[start_date]'], to: query['q[end_date]'] }, now)
  return { from: dayAt(now) - Number(days) + 1, to: dayAt(now) }
}

export const getAggregateStatistics = route('getAggregateStatistics', {
  privilege: 'read',
  description:
    'Messages of trusted reports. `forwarded` were signed by you and sent on by others; what is missing in the sum of the first three was sent by sources that authenticate as nobody.',
  async handle({ caller, params, query }, { store, now }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const { from, to } = periodOf(query, now())
    const rows = await evidenceRowsOf(store.db, domain.id, from, to)
    const { classOf } = classifyRows(rows, await answersOf(store.db, domain.id))
    const counts = { compliant: 0, non_compliant: 0, forwarded: 0, spf_count: 0, dkim_count: 0 }
    for (const row of rows) {
      const kind = classOf(row)
      if (row.spfAligned) counts.spf_count += row.count
      if (row.dkimAligned) counts.dkim_count += row.count
      if (kind === 'forwarder') counts.forwarded += row.count
      else if (row.spfAligned || row.dkimAligned) counts.compliant += row.count
      else if (kind !== 'foreign') counts.non_compliant += row.count
    }
    const days = await countedDays(store.db, domain.id, from, to)
    const sum = (of: (day: (typeof days)[0]) => number) => days.reduce((total, day) => total + of(day), 0)
    const reject = sum(({ dispositions }) => dispositions.reject)
    return {
      ...counts,
      total: sum(({ messages }) => messages),
      none: sum(({ dispositions }) => dispositions.none),
      quarantine: sum(({ dispositions }) => dispositions.quarantine),
      reject,
      reject_count: reject,
    }
  },
})

export const getTopSources = route('getTopSources', {
  privilege: 'read',
  description: 'The largest sources by messages of trusted reports; default the last 30 days and 10 sources.',
  async handle({ caller, params, query }, { store, now }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const { from, to } = periodOf(query, now())
    const rows = await store.db
      .selectFrom('day_totals')
      .select('source')
      .select([
        sql<number>`sum(count)`.as('total'),
        sql<number>`sum(case when dkim = 'pass' or spf = 'pass' then count else 0 end)`.as('compliant'),
      ])
      .where('domain_id', '=', domain.id)
      .where('trusted', '=', 1)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .groupBy('source')
      .orderBy('total', 'desc')
      .orderBy('source')
      .execute()
    const sources = rows.slice(0, query.limit ?? 10).map((row) => {
      const [total, compliant] = [Number(row.total), Number(row.compliant)]
      const compliance_rate = Math.floor((compliant / total) * 1000) / 10
      return { source: row.source, total, compliant, non_compliant: total - compliant, compliance_rate }
    })
    const period = { start_date: dayText(from), end_date: dayText(to) }
    return { domain: domain.address, period, total_sources: rows.length, sources }
  },
})
