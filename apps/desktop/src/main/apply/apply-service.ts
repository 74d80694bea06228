import type { ApplyJob, PlanDecisions } from '../../shared/apply.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { ProblemError } from '../../shared/problems.ts'
import type { ZoneCredentials } from '../dns/credential-store.ts'
import { ApplyRun, type ApplyRunOptions } from './apply-run.ts'
import { neededRecords } from './items.ts'

/** The one-click apply: at most one job at a time. */
export class ApplyService {
  readonly #options: ApplyRunOptions
  #run: ApplyRun | undefined

  constructor(options: ApplyRunOptions) {
    this.#options = options
  }

  get job(): ApplyJob | undefined {
    return this.#run?.job
  }

  /** Looks at these domains and shows the plan. The job before, with its undo, ends; one that is writing does not. */
  async start(domains: readonly DomainSummary[]): Promise<void> {
    const wanting = domains.filter((domain) => neededRecords(domain).length > 0)
    if (wanting.length === 0)
      throw new ProblemError('refused', 'None of these domains is hosted, so there are no records to apply.')
    this.#requireNotWriting()
    const closing = this.close()
    this.#run = new ApplyRun(wanting, this.#options)
    await Promise.all([closing, this.#run.plan()])
  }

  async giveCredentials(zone: string, credentials: ZoneCredentials): Promise<void> {
    await this.#open().giveCredentials(zone, credentials)
  }

  async addManually(zone: string): Promise<void> {
    await this.#open().addManually(zone)
  }

  async recheck(): Promise<void> {
    await this.#open().recheck()
  }

  /** The password store is available again: a plan that lacks its credentials is made again. */
  async storeAnswered(): Promise<void> {
    const isShut = this.job?.domains.some(
      ({ problem }) => problem?.code === 'secret-locked' || problem?.code === 'secret-unavailable',
    )
    if (isShut && this.job?.phase === 'confirm') await this.recheck()
  }

  async confirm(decisions: PlanDecisions): Promise<void> {
    await this.#open().confirm(decisions)
  }

  async undo(reason: string): Promise<void> {
    await this.#open().undo(reason)
  }

  domainConnect(key: string): string | undefined {
    return this.#run?.domainConnect(key)
  }

  /** Closes the job, with its undo, unless it is writing: that is not cut off for something else. */
  async end(): Promise<void> {
    this.#requireNotWriting()
    await this.close()
  }

  async close(): Promise<void> {
    const run = this.#run
    if (!run) return
    this.#run = undefined
    this.#options.onChange()
    await run.close()
  }

  #requireNotWriting(): void {
    if (this.#run?.isWriting) throw new ProblemError('refused', 'Records are being written. Wait until this is done.')
  }

  #open(): ApplyRun {
    if (!this.#run) throw new ProblemError('bad-request', 'No plan is open.')
    return this.#run
  }
}
