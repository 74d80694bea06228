import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { reportedDomain } from '../reported-domain.ts'
import { reportSummaryDataSchema } from './report-summary-data-schema.ts'

export const reportSummaryData = define.dataSource({
  description:
    'Summarizes the reports of a domain over a period: how much mail passes, by class of source and by day. Requires a server that evaluates reports.',
  schema: reportSummaryDataSchema,
  async read({ config, client: { api }, signal }) {
    return explaining(`Reading the reports of ${config.domain_id}`, signal, async () => {
      const { accountId, domainId } = await reportedDomain(api, config, signal)
      const [reports, { summarize }] = await Promise.all([api.reports(), import('../../evidence/report-summary.ts')])
      const period = { from: config.from ?? undefined, to: config.to ?? undefined }
      const summary = summarize(await reports.totals(accountId, domainId, period, { signal }))
      return { ...summary, from: config.from ?? summary.from, to: config.to ?? summary.to }
    })
  },
})
