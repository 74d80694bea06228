import type { DomainRef } from '../../shared/model.ts'
import type { ReportsView, SourceKind } from '../../shared/reports.ts'

/** A report as it came in. */
export interface OriginalReport {
  readonly fileName: string
  readonly content: Uint8Array
}

/** What a service knows from reports. Every call throws `ProblemError`. */
export interface DomainReports {
  read(ref: DomainRef, signal: AbortSignal): Promise<ReportsView>
  /** Null takes the answer back. */
  answer(ref: DomainRef, source: string, kind: SourceKind | null, signal: AbortSignal): Promise<void>
  presumeRestNotMine(ref: DomainRef, presume: boolean, signal: AbortSignal): Promise<void>
  accept(ref: DomainRef, id: number, signal: AbortSignal): Promise<void>
  original(ref: DomainRef, id: number, signal: AbortSignal): Promise<OriginalReport>
}
