import { classifyRows } from '@dmarc-as-code/reports'
import { countedDays } from '../../../reports/counted-days.ts'
import { dayNumber, dayText } from '../../../reports/day-number.ts'
import { answersOf, evidenceRowsOf } from '../../../reports/evidence-of.ts'
import { domainOf } from '../../access.ts'
import { route } from '../../route.ts'
import { daysOf } from './period.ts'

export const getReportTotals = route('getReportTotals', {
  privilege: 'read',
  description:
    'By UTC day, oldest first, with an entry for days without a report. Counts are those of trusted reports; `untrusted_messages` are in no other number. `from` and `to` are days and both included.',
  async handle({ caller, params, query }, { store, now }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const { from, to } = daysOf(query, now())
    const totals = await countedDays(store.db, domain.id, from, to)
    const rows = await evidenceRowsOf(store.db, domain.id, from, to)
    const { classOf } = classifyRows(rows, await answersOf(store.db, domain.id))
    const none = () => ({ messages: 0, passed: 0 })
    const days = totals.map((day) => ({
      ...day,
      day: dayText(day.day),
      classes: { own: none(), forwarder: none(), candidate: none(), foreign: none() },
    }))
    for (const row of rows) {
      const tally = days[dayNumber(row.day) - from]?.classes[classOf(row)]
      if (!tally) continue
      tally.messages += row.count
      if (row.dkimAligned || row.spfAligned) tally.passed += row.count
    }
    return { domain: domain.address, from: dayText(from), to: dayText(to), days }
  },
})
