import { describe, expect, expectTypeOf, it } from 'vitest'
import { fakeApi } from '../../test/fake-api.ts'
import { ownMail, vendorReports } from '../../test/fake-reports.ts'
import {
  evidence as evidenceAnswer,
  type Operation,
  reportOperations,
  type WireEvidenceBlocker,
  type WireReportProblem,
  type WireReportSource,
  type WireReportTotals,
} from '../contract/index.ts'
import { reportRoutes } from '../report-routes.ts'
import {
  type EvidenceBlocker,
  type ReportOperationName,
  type ReportProblem,
  type ReportSource,
  Reports,
  type ReportTotals,
} from './index.ts'

describe('reports and the contract', () => {
  it('compute the answer that our server gives', async () => {
    const { reports } = await vendorReports({
      mail: [ownMail, { ip: '198.51.100.9', count: 30, as: 'sender.example' }],
    })
    for (const target of ['quarantine', 'reject', 'mta_sts_enforce'] as const) {
      const { origin: _, ...computed } = await reports.evidence(7, 41, { target })
      expect(evidenceAnswer.parse(computed), target).toMatchObject({ target, domain: 'example.com' })
    }
  })

  it('read every field that our server answers', () => {
    expectTypeOf<WireReportTotals>().toExtend<ReportTotals>()
    expectTypeOf<WireReportSource>().toExtend<ReportSource>()
    expectTypeOf<WireEvidenceBlocker>().toExtend<EvidenceBlocker>()
    expectTypeOf<WireReportProblem>().toExtend<ReportProblem>()
  })

  it('ask by every route, with queries and bodies that the contract accepts', async () => {
    const { client, seen } = await fakeApi(({ path }) =>
      path === '/v2/capabilities' ? { body: { extensions: ['reports'] } } : { body: {} },
    )
    const reports = new Reports(client, { pause: 0 })
    const period = { from: '2026-01-01', to: '2026-01-02' }
    const calls: Record<ReportOperationName, () => Promise<unknown>> = {
      getReportTotals: () => reports.totals(7, 41, period),
      getReportSources: () => reports.sources(7, 41, period),
      updateReportSources: () => reports.presumeRestNotMine(7, 41, true),
      updateReportSource: () => reports.classifySource(7, 41, 'domain:sender.example', 'mine'),
      getEvidence: () => reports.evidence(7, 41, { target: 'reject' }),
      listReportProblems: () => reports.problems(7, 41).next(),
      getRawReport: () => reports.rawReport(7, 41, 3),
      acceptReport: () => reports.acceptProblem(7, 41, 3),
      listAggregateReports: () => reports.aggregateReports(7, 41, { ...period, orgName: 'A' }).next(),
      getAggregateReport: () => reports.aggregateReport(7, 41, 3),
      listAggregateRecords: () => reports.aggregateRecords(7, 41, period).next(),
      getAggregateStatistics: () => reports.statistics(7, 41, period),
      getTopSources: () => reports.topSources(7, 41, { ...period, limit: 50 }),
      listFailureReports: () => reports.failureReports(7, 41).next(),
      getFailureReport: () => reports.failureReport(7, 41, 3),
      listTlsReports: () => reports.tlsReports(7, 41).next(),
      getTlsReport: () => reports.tlsReport(7, 41, 3),
      listTlsFailures: () => reports.tlsFailures(7, 41).next(),
    }
    for (const [name, call] of Object.entries(calls)) {
      // An empty answer is none of them: the call fails, after it was sent.
      await expect(call(), name).rejects.toThrow(/expected|Expected/)
      const { method, path, body } = seen.at(-1) ?? { method: '', path: '', body: undefined }
      const { method: ours, path: template } = reportRoutes[name as ReportOperationName]
      const { pathname, searchParams } = new URL(path, 'http://x')
      const wanted = template
        .replace(':account_id', '7')
        .replace(':domain_id', '41')
        .replace(':id', '3')
        .replace(':source', 'domain%3Asender.example')
      expect(`${method} ${pathname}`, name).toBe(`${ours} ${wanted}`)
      const operation: Operation = reportOperations[name as ReportOperationName]
      expect(() => operation.query?.parse(Object.fromEntries(searchParams)), name).not.toThrow()
      if (operation.body) expect(() => operation.body?.parse(body), name).not.toThrow()
    }
  })
})
