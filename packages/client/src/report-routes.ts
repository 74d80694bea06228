import type { Route } from './routes.ts'

const domain = '/v2/accounts/:account_id/domains/:domain_id'

/**
 * The operations on reports. Those of `agg_reports`, `forensic_reports` and `mta_sts_reports` are the vendor's, read-only; the
 * others are ours, announced as the capability `reports`.
 */
export const reportRoutes = {
  getReportTotals: { method: 'GET', path: `${domain}/reports/daily`, assumed: false, extension: true },
  getReportSources: { method: 'GET', path: `${domain}/reports/sources`, assumed: false, extension: true },
  updateReportSources: { method: 'PUT', path: `${domain}/reports/sources`, assumed: false, extension: true },
  updateReportSource: { method: 'PUT', path: `${domain}/reports/sources/:source`, assumed: false, extension: true },
  getEvidence: { method: 'GET', path: `${domain}/evidence`, assumed: false, extension: true },
  listReportProblems: { method: 'GET', path: `${domain}/reports/problems`, assumed: false, extension: true },
  getRawReport: { method: 'GET', path: `${domain}/reports/problems/:id/raw`, assumed: false, extension: true },
  acceptReport: { method: 'POST', path: `${domain}/reports/problems/:id/accept`, assumed: false, extension: true },
  listAggregateReports: { method: 'GET', path: `${domain}/agg_reports.json`, assumed: false },
  getAggregateReport: { method: 'GET', path: `${domain}/agg_reports/:id.json`, assumed: false },
  listAggregateRecords: { method: 'GET', path: `${domain}/agg_reports/records.json`, assumed: false },
  getAggregateStatistics: { method: 'GET', path: `${domain}/agg_reports/agg_report_stats`, assumed: false },
  getTopSources: { method: 'GET', path: `${domain}/agg_reports/top_sources`, assumed: true },
  listFailureReports: { method: 'GET', path: `${domain}/forensic_reports.json`, assumed: false },
  getFailureReport: { method: 'GET', path: `${domain}/forensic_reports/:id.json`, assumed: false },
  listTlsReports: { method: 'GET', path: `${domain}/mta_sts_reports.json`, assumed: false },
  getTlsReport: { method: 'GET', path: `${domain}/mta_sts_reports/:id.json`, assumed: false },
  listTlsFailures: { method: 'GET', path: `${domain}/mta_sts_reports/mta_failure_details.json`, assumed: false },
} as const satisfies Record<string, Route>
