import { acceptReporter } from '../../../reports/accepted-reporters.ts'
import { trustReport } from '../../../reports/trust-report.ts'
import { refused } from '../../../rules/problem.ts'
import { domainOf } from '../../access.ts'
import { route } from '../../route.ts'
import { problemAnswer, problemOf } from './problem-answer.ts'

export const acceptReport = route('acceptReport', {
  privilege: 'write',
  description:
    'Lets a report count as evidence whose sender could not be authenticated, because you know that it is genuine; where its reporter is not known (`unknown-reporter`), all reports that are authenticated as its own. Accepting it again changes nothing.',
  async handle({ caller, params }, { store, now }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    return store.transaction(async (tx) => {
      const problem = await problemOf(tx, domain.id, params.id)
      if (problem.accepted_at !== null) return problemAnswer(problem)
      if (problem.report_id === null || problem.trusted !== 0) {
        const message =
          'There is nothing to accept: the report could not be read, is about another domain, or counts already.'
        throw refused([{ field: '', code: 'invalid_value', message }])
      }
      if (problem.code === 'unknown-reporter' && problem.reporter !== null)
        await acceptReporter(tx, store.engine, domain.id, problem.reporter, now())
      await trustReport(tx, store.engine, domain.id, problem.report_id, now())
      const accepted = { accepted_at: now() }
      await tx.updateTable('report_problems').set(accepted).where('id', '=', problem.id).execute()
      return problemAnswer({ ...problem, ...accepted, trusted: 1 })
    })
  },
})
