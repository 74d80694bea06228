import { domainOf } from '../../access.ts'
import { pageOf } from '../../paging.ts'
import { route } from '../../route.ts'
import { problemAnswer, problemsOf } from './problem-answer.ts'

/** Without paging, the newest: what outsiders send may be much. */
const most = 1000

export const listReportProblems = route('listReportProblems', {
  privilege: 'read',
  description:
    'Reports that could not be read, are about another domain, or lack trust; newest first, at most 1000 unless `page` or `per` is sent. `raw` has the original for 90 days.',
  async handle({ caller, params, query }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const page = pageOf(query)
    const rows = await problemsOf(store.db, domain.id)
      .limit(page?.limit ?? most)
      .offset(page?.offset ?? 0)
      .execute()
    const problems = rows.map(problemAnswer)
    if (!page) return { problems }
    const { count } = await store.db
      .selectFrom('report_problems')
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .where('domain_id', '=', domain.id)
      .executeTakeFirstOrThrow()
    return { problems, meta: { ...page.meta(Number(count)), total_problems: Number(count) } }
  },
})
