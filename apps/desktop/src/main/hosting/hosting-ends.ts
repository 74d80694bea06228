import { after, type Clock } from '@dmarc-as-code/primitives'
import { markEnding } from '../../shared/hosting-end.ts'
import type { DomainSummary } from '../../shared/model.ts'
import type { Activity, PostponedEnd } from '../activity/activity.ts'
import { sameName } from '../apply/items.ts'
import type { CnameLookup } from '../watch/dangling.ts'

interface HostingEndsOptions {
  readonly activity: Pick<Activity, 'postponed' | 'isUndoing' | 'cancelPostponed'>
  readonly clock: Clock
  /** Ends it at the service. */
  readonly end: (activityId: string, end: PostponedEnd) => Promise<void>
  readonly findCname: (connectionId: string, name: string, signal: AbortSignal) => Promise<CnameLookup>
  readonly onFailure: (error: unknown) => void
}

const lookupTimeout = 20_000
/** After a failure: the service or the network is away. Milliseconds. */
const retryAfter = 5 * 60_000
/** Timers do not run while the computer sleeps, so a long wait is looked at in between. Milliseconds. */
const longestWait = 60 * 60_000

/**
 * Ends hosting when nobody is led to it any more: resolvers remember a CNAME for as long as its TTL says, and would find no
 * record behind it if hosting ended with its removal. The wait survives a restart of the app.
 */
export class HostingEnds {
  readonly #options: HostingEndsOptions
  #cancelTimer: () => void = () => {}
  #isEnding = false
  #isStopped = false
  /** Not before this time, for those that failed. */
  readonly #notBefore = new Map<string, number>()

  constructor(options: HostingEndsOptions) {
    this.#options = options
  }

  /** Sets the time of the next end. Call it at the start of the app, and after each change of what is postponed. */
  schedule(): void {
    this.#cancelTimer()
    const next = Math.min(...this.#due().map(({ at }) => at))
    if (this.#isStopped || this.#isEnding || next === Number.POSITIVE_INFINITY) return
    const { clock } = this.#options
    const delay = Math.min(Math.max(next - clock.now(), 0), longestWait)
    this.#cancelTimer = after(clock, delay, () => void this.#endDue())
  }

  /** The domains as they are shown until then. */
  mark(domains: readonly DomainSummary[]): DomainSummary[] {
    const { postponed } = this.#options.activity
    return domains.map((domain) =>
      postponed
        .filter(({ end }) => end.key === domain.key)
        .reduce((marked, { end }) => markEnding(marked, end.part), domain),
    )
  }

  stop(): void {
    this.#isStopped = true
    this.#cancelTimer()
  }

  async #endDue(): Promise<void> {
    const { clock, activity, end, onFailure } = this.#options
    this.#isEnding = true
    for (const due of this.#due().filter(({ at }) => at <= clock.now())) {
      this.#notBefore.set(due.id, clock.now() + retryAfter)
      if (activity.isUndoing(due.id)) continue
      try {
        if (await this.#isPutBack(due.end)) activity.cancelPostponed(due.id)
        else await end(due.id, due.end)
      } catch (error) {
        onFailure(error)
      }
    }
    this.#isEnding = false
    this.schedule()
  }

  #due() {
    return this.#options.activity.postponed.map(({ id, end }) => ({
      id,
      end,
      at: Math.max(Date.parse(end.until), this.#notBefore.get(id) ?? 0),
    }))
  }

  /** Whether somebody has put a CNAME in place again: hosting then goes on. */
  async #isPutBack({ connectionId, cnames }: PostponedEnd): Promise<boolean> {
    for (const { name, target } of cnames) {
      const found = await this.#options.findCname(connectionId, name, AbortSignal.timeout(lookupTimeout))
      if (found === 'unknown') throw new Error(`${name} could not be looked up, so hosting did not end`)
      if (found !== undefined && sameName(found, target)) return true
    }
    return false
  }
}
