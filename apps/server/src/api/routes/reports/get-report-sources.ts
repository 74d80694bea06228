import { classifyRows, diagnose, type SourceEvidence, sourceJson } from '@dmarc-as-code/reports'
import { dayText } from '../../../reports/day-number.ts'
import { answersOf, evidenceRowsOf } from '../../../reports/evidence-of.ts'
import { reportDomain } from '../../../reports/report-domain.ts'
import { domainOf } from '../../access.ts'
import { route } from '../../route.ts'
import { daysOf } from './period.ts'

/** Candidates that are asked about one by one; one answer settles the others. */
const asked = 20

export const getReportSources = route('getReportSources', {
  privilege: 'read',
  description:
    'Own sources, forwarders and candidates of the period by trusted reports, most messages first, each with why its mail fails and what to do. Sources that authenticate as nobody are only counted.',
  async handle({ caller, params, query }, { store, now }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const { from, to } = daysOf(query, now())
    const rows = await evidenceRowsOf(store.db, domain.id, from, to)
    const { sources, rows: byId, foreign } = classifyRows(rows, await answersOf(store.db, domain.id))
    const presume = (await reportDomain(store.db, domain.id))?.presume_rest_not_mine === 1
    return {
      domain: domain.address,
      from: dayText(from),
      to: dayText(to),
      sources: sources.map((source) => ({
        ...sourceJson(source),
        causes: diagnose(byId.get(source.id) ?? [], source.class).map(({ cause, messages, about, next }) => ({
          cause,
          messages,
          about: [...about],
          next,
        })),
      })),
      foreign,
      more_candidates: presume ? 0 : beyondAsked(sources),
      presume_rest_not_mine: presume,
    }
  },
})

function beyondAsked(sources: readonly SourceEvidence[]): number {
  const candidates = sources.filter((source) => source.class === 'candidate')
  const inOrder = [...candidates].sort((a, b) => b.days - a.days || b.messages - a.messages)
  return inOrder.slice(asked).filter(({ answer }) => answer === undefined).length
}
