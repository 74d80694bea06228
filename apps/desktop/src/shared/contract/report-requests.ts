import { z } from 'zod'
import { type EvidenceLevel, type ReportDay, type ReportsView, sourceKinds } from '../reports.ts'
import { byKey, key, request } from './request.ts'

const ofProblem = z.strictObject({ key, id: z.int().min(0) })

/** What reports say about a domain, and what a person answers. Only services with the capability `reports` have any. */
export const reportRequests = {
  getReports: request<ReportsView>()(byKey),
  /** The mail of the last 30 days only. */
  getReportDays: request<readonly ReportDay[]>()(byKey),
  /** Whether reports allow one policy. */
  getEvidence: request<EvidenceLevel>()(z.strictObject({ key, target: z.enum(['quarantine', 'reject']) })),
  /** Null takes the answer back. */
  answerSource: request()(
    z.strictObject({ key, source: z.string().min(1).max(255), kind: z.enum(sourceKinds).nullable() }),
  ),
  presumeRestNotMine: request()(z.strictObject({ key, presume: z.boolean() })),
  acceptReport: request()(ofProblem),
  /** Asks where, and writes the original there. False when the person cancels. */
  saveOriginal: request<boolean>()(ofProblem),
}
