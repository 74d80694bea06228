import type { Route } from '../../route.ts'
import { acceptReport } from './accept-report.ts'
import { getEvidence } from './get-evidence.ts'
import { getRawReport } from './get-raw-report.ts'
import { getReportSources } from './get-report-sources.ts'
import { getReportTotals } from './get-report-totals.ts'
import { listReportProblems } from './list-report-problems.ts'
import { updateReportSource } from './update-report-source.ts'
import { updateReportSources } from './update-report-sources.ts'
import { vendorRoutes } from './vendor/index.ts'

/** Every operation on reports. */
export const reportApiRoutes: readonly Route[] = [
  getReportTotals,
  getReportSources,
  updateReportSources,
  updateReportSource,
  getEvidence,
  listReportProblems,
  getRawReport,
  acceptReport,
  ...vendorRoutes,
]
