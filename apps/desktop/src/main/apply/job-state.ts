import type { ApplyDomain, ApplyJob, ItemOutcome } from '../../shared/apply.ts'
import type { Problem } from '../../shared/problems.ts'
import { sameName } from './items.ts'

/** One job as the page sees it. Every change is a new object and calls `onChange`. */
export class ApplyJobState {
  #job: ApplyJob
  readonly #onChange: () => void

  constructor(job: ApplyJob, onChange: () => void) {
    this.#job = job
    this.#onChange = onChange
    onChange()
  }

  get job(): ApplyJob {
    return this.#job
  }

  set(change: Partial<Pick<ApplyJob, 'phase' | 'domains' | 'undoable' | 'problem'>>): void {
    this.#job = { ...this.#job, ...change }
    this.#onChange()
  }

  /** The next phase; the problem of the last one is over with it. */
  enter(phase: ApplyJob['phase']): void {
    const { problem: _over, ...job } = this.#job
    this.#job = { ...job, phase }
    this.#onChange()
  }

  mark(key: string, name: string, outcome: ItemOutcome): void {
    this.#change(key, (domain) => ({
      ...domain,
      items: domain.items.map((item) => (sameName(item.name, name) ? { ...item, outcome } : item)),
    }))
  }

  /** What was being written has failed; what was done before stays as it is. */
  fail(key: string, problem: Problem): void {
    this.#change(key, (domain) => ({
      ...domain,
      items: domain.items.map((item) => (item.outcome === 'writing' ? { ...item, outcome: 'failed' as const } : item)),
      problem,
    }))
  }

  #change(key: string, change: (domain: ApplyDomain) => ApplyDomain): void {
    this.set({ domains: this.#job.domains.map((domain) => (domain.key === key ? change(domain) : domain)) })
  }
}
