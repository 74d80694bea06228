import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { reportedDomain } from '../reported-domain.ts'
import { reportSummaryDataSchema } from './report-summary-data-schema.ts'

export const reportSummaryData = define.dataSource({
  description:
    'What the reports of a domain say about a period: how much mail passes, by class of source and by day. Requires a server that evaluates reports.',
  schema: reportSummaryDataSchema,
  async read({ config, client: { api }, signal }) {
    return explaining(`Reading the reports of ${config.domain_id}`, signal, async () => {
      const [domain, { summaryOf }] = await Promise.all([
        reportedDomain(api, config, signal),
        import('../../evidence/ask-reports.ts'),
      ])
      const { from, to } = config
      const period = { ...(from !== null && { from }), ...(to !== null && { to }) }
      const summary = await summaryOf(api, domain, period, signal)
      return { ...summary, from: from ?? summary.from, to: to ?? summary.to }
    })
  },
})
