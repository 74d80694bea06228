import type { DmarcReportClient } from '../client.ts'
import type { AdHocRoute, CallInput, CallOptions, RawAnswer } from '../core/call.ts'
import { describeAnswer } from '../core/describe-answer.ts'
import { NotFoundError, OutcomeUnknownError, UnexpectedAnswerError, UnsupportedError } from '../core/errors.ts'
import { withCall } from '../core/with-call.ts'
import { reportRoutes } from '../report-routes.ts'

/** An operation on reports, as `routes` names it. */
export type ReportOperationName = keyof typeof reportRoutes

/** Requests about reports, through a client: its token, retries, time-outs, errors and redaction hold. */
export class ReportCalls {
  readonly client: DmarcReportClient
  readonly #routes: Partial<Record<ReportOperationName, AdHocRoute>>
  /** The spelling of a route that works, where the vendor's documentation leaves it open. */
  readonly #working = new Map<ReportOperationName, AdHocRoute>()

  constructor(client: DmarcReportClient, routes: Partial<Record<ReportOperationName, AdHocRoute>>) {
    this.client = client
    this.#routes = routes
  }

  /** Whether the server keeps reports itself, with totals, sources and evidence. */
  async announced(options: CallOptions): Promise<boolean> {
    return (await this.client.capabilities(options)).has('reports')
  }

  /** Throws before anything is sent that the server would not know. */
  async mustAnnounce(what: string, options: CallOptions): Promise<void> {
    if (await this.announced(options)) return
    throw new UnsupportedError(
      `This server has no ${what} (it does not announce reports). Read the reports themselves: aggregateReports, tlsReports.`,
      { extension: 'reports' },
    )
  }

  call(operation: ReportOperationName, input: CallInput, options: CallOptions): Promise<RawAnswer> {
    return this.client.request(this.#route(operation), input, options)
  }

  /** The same where nobody knows whether the path ends in `.json`: the other spelling is tried, and the one that works remembered. */
  async callEither(operation: ReportOperationName, input: CallInput, options: CallOptions): Promise<RawAnswer> {
    const route = this.#working.get(operation) ?? this.#route(operation)
    try {
      return await this.client.request(route, input, options)
    } catch (error) {
      if (!(error instanceof NotFoundError) || this.#working.has(operation)) throw error
      const path = route.path.endsWith('.json') ? route.path.slice(0, -'.json'.length) : `${route.path}.json`
      const other = { method: route.method, path }
      const answer = await this.client.request(other, input, options).catch((second) => {
        // A missing domain answers both alike.
        throw second instanceof NotFoundError ? error : second
      })
      this.#working.set(operation, other)
      return answer
    }
  }

  /** The reading of a success, or an error that says what came instead. */
  expected<Reading>(reading: Reading | undefined, what: string, answer: RawAnswer): Reading {
    if (reading !== undefined) return reading
    const said = `${answer.method} ${answer.path} answered ${answer.status} with ${describeAnswer(answer.body)}, expected ${what}.`
    throw withCall(
      answer.method === 'GET'
        ? new UnexpectedAnswerError(`${said} Check that the base URL is that of the API.`)
        : new OutcomeUnknownError(`${said} It may have been carried out: look before trying again.`),
      answer,
    )
  }

  #route(operation: ReportOperationName): AdHocRoute {
    const { method, path } = this.#routes[operation] ?? reportRoutes[operation]
    return { method, path }
  }
}
