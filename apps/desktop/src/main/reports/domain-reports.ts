import type { DomainRef } from '../../shared/model.ts'
import type { EvidenceLevel, ReportDay, ReportsView, SourceKind } from '../../shared/reports.ts'

/** A report as it came in. */
export interface OriginalReport {
  readonly fileName: string
  readonly content: Uint8Array
}

/** What a service knows from reports. Every call throws `ProblemError`. */
export interface DomainReports {
  read(ref: DomainRef, signal: AbortSignal): Promise<ReportsView>
  /** The mail of a month, day by day, with a single request. */
  days(ref: DomainRef, signal: AbortSignal): Promise<readonly ReportDay[]>
  /** Whether one level may be moved to, with a single request. */
  level(ref: DomainRef, target: EvidenceLevel['target'], signal: AbortSignal): Promise<EvidenceLevel>
  /** Null takes the answer back. */
  answer(ref: DomainRef, source: string, kind: SourceKind | null, signal: AbortSignal): Promise<void>
  presumeRestNotMine(ref: DomainRef, presume: boolean, signal: AbortSignal): Promise<void>
  accept(ref: DomainRef, id: number, signal: AbortSignal): Promise<void>
  original(ref: DomainRef, id: number, signal: AbortSignal): Promise<OriginalReport>
}
