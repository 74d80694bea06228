import { refused } from '../../../rules/problem.ts'
import { domainOf } from '../../access.ts'
import { route } from '../../route.ts'

/** Answers kept for one domain: people answer about tens. */
const mostAnswers = 2000

export const updateReportSource = route('updateReportSource', {
  privilege: 'write',
  description:
    'Says of a source whether it is yours. `source` is its id as `reports/sources` and the evidence name it, percent-encoded. `mine` makes it an own source, which has to be aligned; `not_mine` settles a candidate; null takes the answer back.',
  async handle({ caller, params, body }, { store, now }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const { source } = params
    if (!/^(source|domain):\S{1,253}$/.test(source)) {
      const message = `${JSON.stringify(source)} is no id of a source. Send one as reports/sources answers it, e.g. domain:service.example.`
      throw refused([{ field: 'source', code: 'invalid_value', message }])
    }
    await store.transaction(async (tx) => {
      const ofSource = { domain_id: domain.id, source }
      if (body.kind === null) {
        await tx.deleteFrom('source_answers').where('domain_id', '=', domain.id).where('source', '=', source).execute()
        return
      }
      const { count } = await tx
        .selectFrom('source_answers')
        .select((select) => select.fn.countAll<number | string>().as('count'))
        .where('domain_id', '=', domain.id)
        .executeTakeFirstOrThrow()
      if (Number(count) >= mostAnswers) {
        const message = `${mostAnswers} sources of the domain have an answer already. Use presume_rest_not_mine for the others.`
        throw refused([{ field: 'source', code: 'invalid_value', message }])
      }
      const answer = { kind: body.kind, answered_at: now() }
      await tx
        .insertInto('source_answers')
        .values({ ...ofSource, ...answer })
        .onConflict((conflict) => conflict.columns(['domain_id', 'source']).doUpdateSet(answer))
        .execute()
    })
    return { id: source, kind: body.kind }
  },
})
