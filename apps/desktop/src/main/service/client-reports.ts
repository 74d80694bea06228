import type { DmarcReportClient } from '@dmarc-as-code/client'
import { reportOperations, reportRoutes } from '@dmarc-as-code/client/contract'
import type { z } from 'zod'
import type { DomainRef } from '../../shared/model.ts'
import { ProblemError } from '../../shared/problems.ts'
import type { SourceKind } from '../../shared/reports.ts'
import type { DomainReports, OriginalReport } from '../reports/domain-reports.ts'
import { reportsView } from '../reports/reports-view.ts'
import { clientProblem } from './client-problem.ts'

type Operation = keyof typeof reportRoutes & keyof typeof reportOperations
type Answer<Name extends Operation> = z.output<(typeof reportOperations)[Name]['response']>

interface Asked {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: Readonly<Record<string, unknown>>
  /** The end of the path, encoded, where a parameter is not an id. */
  readonly last?: string
}

/** Problems that are shown; the rest is counted. */
const shownProblems = 20

/** The reports of a service that has the capability, by its routes. */
export class ClientReports implements DomainReports {
  readonly #client: DmarcReportClient
  readonly #host: string

  constructor(client: DmarcReportClient, host: string) {
    this.#client = client
    this.#host = host
  }

  async read(ref: DomainRef, signal: AbortSignal) {
    const [totals, sources, quarantine, reject, problems] = await Promise.all([
      this.#call('getReportTotals', ref, {}, signal),
      this.#call('getReportSources', ref, {}, signal),
      this.#call('getEvidence', ref, { query: { target: 'quarantine' } }, signal),
      this.#call('getEvidence', ref, { query: { target: 'reject' } }, signal),
      this.#call('listReportProblems', ref, { query: { page: 1 } }, signal),
    ])
    return reportsView({ totals, sources, evidence: [quarantine, reject], problems, shownProblems })
  }

  async answer(ref: DomainRef, source: string, kind: SourceKind | null, signal: AbortSignal): Promise<void> {
    await this.#call('updateReportSource', ref, { last: encodeURIComponent(source), body: { kind } }, signal)
  }

  async presumeRestNotMine(ref: DomainRef, presume: boolean, signal: AbortSignal): Promise<void> {
    await this.#call('updateReportSources', ref, { body: { presume_rest_not_mine: presume } }, signal)
  }

  async accept(ref: DomainRef, id: number, signal: AbortSignal): Promise<void> {
    await this.#call('acceptReport', ref, { params: { id } }, signal)
  }

  async original(ref: DomainRef, id: number, signal: AbortSignal): Promise<OriginalReport> {
    const { file_name, content } = await this.#call('getRawReport', ref, { params: { id } }, signal)
    return { fileName: file_name, content: Buffer.from(content, 'base64') }
  }

  async #call<Name extends Operation>(
    name: Name,
    { accountId, domainId }: DomainRef,
    { params, query, body, last }: Asked,
    signal: AbortSignal,
  ): Promise<Answer<Name>> {
    const { method, path } = reportRoutes[name]
    const route = { method, path: last === undefined ? path : path.replace(/:\w+$/, last) }
    try {
      const answer = await this.#client.request(
        route,
        {
          params: { account_id: accountId, domain_id: domainId, ...params },
          ...(query ? { query } : {}),
          ...(body ? { body } : {}),
        },
        { signal },
      )
      const read = reportOperations[name].response.safeParse(answer.body)
      if (read.success) return read.data as Answer<Name>
      const [issue] = read.error.issues
      throw new ProblemError(
        'server-error',
        `${method} ${answer.path} answered something else than expected at ${issue?.path.join('.') || 'the top'}`,
      )
    } catch (error) {
      throw clientProblem(error, this.#host)
    }
  }
}
