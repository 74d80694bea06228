/** DMARC and TLS reports through a client, and the evidence whether a policy may be tightened. */

export { reportRoutes } from '../report-routes.ts'
export type { OwnersWord, SourceOf } from './owners-word.ts'
export type { ReportOperationName } from './report-calls.ts'
export { type AggregateReportsQuery, type EvidenceOptions, Reports, type ReportsOptions } from './reports.ts'
export type * from './types.ts'
