import { lockReportDomain } from '../../../reports/report-domain.ts'
import { domainOf } from '../../access.ts'
import { route } from '../../route.ts'

export const updateReportSources = route('updateReportSources', {
  privilege: 'write',
  description:
    'Presumes that candidates beyond the first 20, now and later, are not yours; they do not block the evidence then.',
  async handle({ caller, params, body }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const presume = body.presume_rest_not_mine
    await store.transaction(async (tx) => {
      await lockReportDomain(tx, store.engine, domain.id)
      await tx
        .updateTable('report_domains')
        .set({ presume_rest_not_mine: presume ? 1 : 0 })
        .where('domain_id', '=', domain.id)
        .execute()
    })
    return { presume_rest_not_mine: presume }
  },
})
