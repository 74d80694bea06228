import type { Route } from '../../../route.ts'
import { getAggregateReport, listAggregateRecords, listAggregateReports } from './aggregate.ts'
import { getFailureReport, listFailureReports } from './failures.ts'
import { getAggregateStatistics, getTopSources } from './statistics.ts'
import { getTlsReport, listTlsFailures, listTlsReports } from './tls.ts'

/** The vendor's own routes, read-only. */
export const vendorRoutes: readonly Route[] = [
  listAggregateReports,
  getAggregateReport,
  listAggregateRecords,
  getAggregateStatistics,
  getTopSources,
  listFailureReports,
  getFailureReport,
  listTlsReports,
  getTlsReport,
  listTlsFailures,
]
