import type { DmarcReportClient } from '@dmarc-as-code/client'
import { type ReportProblem, Reports } from '@dmarc-as-code/client/reports'
import type { DomainRef } from '../../shared/model.ts'
import type { EvidenceLevel, SourceKind } from '../../shared/reports.ts'
import type { DomainReports, OriginalReport } from '../reports/domain-reports.ts'
import { evidenceLevel, reportsView, toDay } from '../reports/reports-view.ts'
import { clientProblem } from './client-problem.ts'

/** Problems that are read, which is one page of the list; of these, the newest are shown, and the rest is counted. */
const readProblems = 100

/** The reports of a service that has the capability, as the client reads them. */
export class ClientReports implements DomainReports {
  readonly #reports: Reports
  readonly #host: string

  constructor(client: DmarcReportClient, host: string) {
    this.#reports = new Reports(client)
    this.#host = host
  }

  read({ accountId, domainId }: DomainRef, signal: AbortSignal) {
    return this.#guarded(async () => {
      const evidence = (target: 'quarantine' | 'reject') =>
        this.#reports.evidence(accountId, domainId, { target, signal })
      const [totals, sources, quarantine, reject, problems] = await Promise.all([
        this.#reports.totals(accountId, domainId, {}, { signal }),
        this.#reports.sources(accountId, domainId, {}, { signal }),
        evidence('quarantine'),
        evidence('reject'),
        this.#problems({ accountId, domainId }, signal),
      ])
      return reportsView({ totals, sources, evidence: [quarantine, reject], problems })
    })
  }

  days({ accountId, domainId }: DomainRef, signal: AbortSignal) {
    return this.#guarded(async () => (await this.#reports.totals(accountId, domainId, {}, { signal })).days.map(toDay))
  }

  level({ accountId, domainId }: DomainRef, target: EvidenceLevel['target'], signal: AbortSignal) {
    return this.#guarded(async () =>
      evidenceLevel(await this.#reports.evidence(accountId, domainId, { target, signal }), target),
    )
  }

  answer({ accountId, domainId }: DomainRef, source: string, kind: SourceKind | null, signal: AbortSignal) {
    return this.#guarded(() => this.#reports.classifySource(accountId, domainId, source, kind, { signal }))
  }

  presumeRestNotMine({ accountId, domainId }: DomainRef, presume: boolean, signal: AbortSignal) {
    return this.#guarded(() => this.#reports.presumeRestNotMine(accountId, domainId, presume, { signal }))
  }

  accept({ accountId, domainId }: DomainRef, id: number, signal: AbortSignal): Promise<void> {
    return this.#guarded(async () => {
      await this.#reports.acceptProblem(accountId, domainId, id, { signal })
    })
  }

  original({ accountId, domainId }: DomainRef, id: number, signal: AbortSignal): Promise<OriginalReport> {
    return this.#guarded(async () => {
      const { file_name: fileName, content } = await this.#reports.rawReport(accountId, domainId, id, { signal })
      return { fileName, content }
    })
  }

  /** The newest, at most one page of them. */
  async #problems(
    { accountId, domainId }: Pick<DomainRef, 'accountId' | 'domainId'>,
    signal: AbortSignal,
  ): Promise<ReportProblem[]> {
    const problems: ReportProblem[] = []
    for await (const problem of this.#reports.problems(accountId, domainId, { signal })) {
      problems.push(problem)
      if (problems.length === readProblems) break
    }
    return problems
  }

  async #guarded<Answer>(work: () => PromiseLike<Answer>): Promise<Answer> {
    try {
      return await work()
    } catch (error) {
      throw clientProblem(error, this.#host)
    }
  }
}
