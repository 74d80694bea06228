import { isDeepStrictEqual } from 'node:util'
import {
  ApplyError,
  apply,
  type DnsAdapter,
  type Journal,
  type JournalStore,
  type Plan,
  undo,
} from '@dmarc-as-code/dns/apply'
import type { Clock } from '@dmarc-as-code/primitives'
import { mapLimited } from '@dmarc-as-code/primitives'
import { parseConsent } from '@dmarc-as-code/records'
import type { ApplyDomain, ApplyJob, PlanDecisions, PlanItem } from '../../shared/apply.ts'
import { isWritable, needsCredentials } from '../../shared/apply.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { choiceOf, chosenItems, planVerdict } from '../../shared/plan-decisions.ts'
import { type Problem, ProblemError } from '../../shared/problems.ts'
import type { Activity } from '../activity/activity.ts'
import type { ZoneCredentials } from '../dns/credential-store.ts'
import { dnsProblem } from '../dns/dns-problem.ts'
import { dmarcEffectOf, mtaStsEffectOf, tlsRptEffectOf } from './effects.ts'
import { itemsOfPlan, sameName } from './items.ts'
import { ApplyJobState } from './job-state.ts'
import { Planner, type PlannerOptions } from './planner.ts'
import { pause, verifyUntilReady } from './verify-until-ready.ts'

export interface ApplyRunOptions extends PlannerOptions {
  readonly journals: JournalStore
  /** What the service has of the domain now. */
  readonly read: (key: string) => Promise<DomainSummary>
  /** Asks the service to verify the domain, and returns the result. */
  readonly verify: (key: string) => Promise<DomainSummary>
  /** Publishes a DMARC record at the service, in place of `base`. Returns the domain with it. */
  readonly publish: (key: string, record: string, base: string) => Promise<DomainSummary>
  readonly clock: Clock
  readonly newId: () => string
  readonly onChange: () => void
  /** Where what was written can be undone after the job is closed. */
  readonly activity: Pick<Activity, 'begin' | 'addUndo' | 'dropUndo' | 'finish' | 'journalUndone' | 'recordRestored'>
}

const writeTimeout = 60_000
/** Domains read at the same time: hundreds may be selected, and services limit requests. */
const concurrency = 6

interface Written {
  readonly key: string
  readonly adapter: DnsAdapter
  readonly journal: Journal
}

/**
 * One job, as a transaction in the person's eyes: read, show, confirm, write, verify, report each record,
 * offer undo. A name that is not in the list on screen is never written. After `close` whatever is still under way ends
 * without any further report.
 */
export class ApplyRun {
  readonly #options: ApplyRunOptions
  readonly #planner: Planner
  readonly #state: ApplyJobState
  readonly #closed = new AbortController()
  #verifying = new AbortController()
  #domains: readonly DomainSummary[]
  #written: Written[] = []
  /** Hosted records that were replaced by what was live, with what they were before. */
  #takenOver: { readonly key: string; readonly record: string; readonly base: string }[] = []
  /** A change that an earlier run was cut off in. */
  #interrupted: { readonly key: string; readonly journalId: string } | undefined
  #work: Promise<void> = Promise.resolve()

  constructor(domains: readonly DomainSummary[], options: ApplyRunOptions) {
    this.#options = options
    this.#domains = domains
    this.#planner = new Planner(options)
    const empty = domains.map(({ key, title }): ApplyDomain => ({ key, title, items: [] }))
    this.#state = new ApplyJobState(
      { id: options.newId(), phase: 'reading', domains: empty, undoable: false },
      options.onChange,
    )
  }

  get job(): ApplyJob {
    return this.#state.job
  }

  get isWriting(): boolean {
    return this.job.phase === 'applying' || this.job.phase === 'undoing'
  }

  async plan(): Promise<void> {
    this.#state.enter('reading')
    const domains = await mapLimited(this.#domains, concurrency, (domain) => this.#planner.plan(domain))
    this.#state.set({
      domains,
      phase: needsCredentials({ ...this.job, domains }).length > 0 ? 'credentials' : 'confirm',
    })
  }

  async giveCredentials(zone: string, credentials: ZoneCredentials): Promise<void> {
    const domain = this.#domains.find((candidate) => this.#planner.zoneInfoOf(candidate.key)?.zone === zone)
    if (!domain) throw new ProblemError('bad-request', 'This zone is not part of the plan.')
    await this.#planner.accept(domain, zone, credentials)
    await this.plan()
  }

  async addManually(zone: string): Promise<void> {
    this.#planner.addManually(zone)
    await this.plan()
  }

  /** Reads everything again and shows the plan. */
  async recheck(): Promise<void> {
    if (this.isWriting) return
    this.#domains = await this.#verifyAgain({ waitIfTooSoon: true })
    await this.plan()
  }

  async confirm(decisions: PlanDecisions): Promise<void> {
    if (this.job.phase !== 'confirm') throw new ProblemError('bad-request', 'There is no plan to confirm.')
    if (planVerdict(this.job, decisions).needsConsent && !parseConsent(decisions.reason).ok)
      throw new ProblemError('refused', t('The protection becomes weaker. Say why, or choose otherwise.'))
    this.#state.enter('applying')
    const writing = this.#write(decisions)
    this.#work = writing.then(() => {})
    if (await writing) await this.#verify()
  }

  /**
   * Takes back what this job wrote, or what a run that was cut off left behind. `reason`: why the protection may become weaker
   * by that; empty for none.
   */
  async undo(reason: string): Promise<void> {
    if (this.isWriting) throw new ProblemError('bad-request', 'Records are being written. Wait until this is done.')
    if (this.#written.length === 0) {
      if (this.#interrupted) return this.#undoInterrupted(this.#interrupted, reason)
      throw new ProblemError('bad-request', 'There is nothing to undo.')
    }
    this.#verifying.abort()
    this.#state.enter('undoing')
    this.#work = this.#undoWritten(reason)
    await this.#work
    // The records have changed; the lists should show it soon.
    await this.#verifyAgain()
  }

  /** The page of the DNS service for a domain of the job. */
  domainConnect(key: string): string | undefined {
    return this.#planner.zoneInfoOf(key)?.domainConnect
  }

  /** The engine rolls back a write in progress before the adapters are closed. */
  async close(): Promise<void> {
    this.#closed.abort()
    this.#verifying.abort()
    await this.#work
    await this.#planner.close()
  }

  /** Whether there is something to verify; otherwise the plan is still there to be confirmed. */
  async #write(decisions: PlanDecisions): Promise<boolean> {
    const problems: Problem[] = []
    const { activity } = this.#options
    const writable = this.job.domains.filter(isWritable)
    const activityId = activity.begin(
      'records-applied',
      writable.map(({ key, title }) => ({ key, title })),
      decisions.reason || undefined,
    )
    for (const domain of writable) {
      try {
        await this.#writeDomain(domain, decisions, activityId)
      } catch (error) {
        const problem = this.#problemOf(domain.key, error)
        problems.push(problem)
        this.#state.fail(domain.key, problem)
      }
    }
    activity.finish(activityId)
    const [problem] = problems
    if (this.#written.length === 0 && problem) {
      this.#state.set({ phase: 'confirm', problem })
      return false
    }
    this.#state.set({ phase: 'verifying' })
    return true
  }

  async #writeDomain(shown: ApplyDomain, decisions: PlanDecisions, activityId: string): Promise<void> {
    const { key } = shown
    const chosen = chosenItems(shown, decisions)
    for (const item of shown.items) {
      if (item.action !== 'right' && !chosen.includes(item)) this.#state.mark(key, item.name, 'kept')
    }
    if (chosen.length === 0) return
    const takesOver = choiceOf(shown, decisions) === 'take-over' && chosen.some(({ kind }) => kind === 'dmarc')
    const domain = takesOver ? await this.#takeOver(shown, activityId) : await this.#asHostedNow(key)
    const { plan, adapter } = await this.#planner.planReplacing(
      domain,
      chosen.map((item) => item.name),
    )
    requireUnchanged(chosen, itemsOfPlan(domain, plan))
    requireSameEffect(shown, takesOver, plan)
    for (const item of chosen) this.#state.mark(key, item.name, 'writing')
    const { activity, journals, newId } = this.#options
    const { connectionId } = domain
    const zone = shown.zone?.zone ?? ''
    const result = await apply(plan, adapter, {
      journals,
      newId: () => {
        const journalId = newId()
        activity.addUndo(activityId, { type: 'journal', journalId, zone, connectionId })
        return journalId
      },
      signal: this.#writeSignal(),
      // Each domain of the job is applied by itself, and only those that become weaker need the reason.
      ...(plan.verdict.needsConsent && decisions.reason ? { allowWeaker: decisions.reason } : {}),
      onProgress: ({ name, step }) => this.#state.mark(key, name, step === 'written' ? 'written' : 'waiting'),
    }).catch((error: unknown) => {
      if (error instanceof ApplyError && error.rolledBack) activity.dropUndo(activityId, error.journalId)
      throw error
    })
    for (const item of chosen) this.#state.mark(key, item.name, 'written')
    if (result.journal) this.#written.push({ key, adapter, journal: result.journal })
    this.#state.set({ undoable: this.#written.length > 0 })
  }

  #domainOf(key: string): DomainSummary {
    const domain = this.#domains.find((candidate) => candidate.key === key)
    if (!domain) throw new ProblemError('unexpected', t('The plan no longer contains this domain.'))
    return domain
  }

  /** What the plan showed may be an hour old; what the service hosts now is what receivers get once the CNAME is there. */
  async #asHostedNow(key: string): Promise<DomainSummary> {
    const known = this.#domainOf(key)
    const { dmarcRecord, mtaSts, records } = await this.#options.read(key)
    const { dmarcRecord: _record, mtaSts: _policy, ...rest } = known
    return {
      ...rest,
      ...(dmarcRecord === undefined ? {} : { dmarcRecord }),
      ...(mtaSts === undefined ? {} : { mtaSts }),
      records: known.records.map(({ expected: _expected, ...record }) => {
        const expected = records.find(({ kind }) => kind === record.kind)?.expected
        return expected === undefined ? record : { ...record, expected }
      }),
    }
  }

  /** The hosted record becomes what is live, before the CNAME leads to it; at no time is the domain protected less. */
  async #takeOver({ key, dmarc }: ApplyDomain, activityId: string): Promise<DomainSummary> {
    const before = this.#domainOf(key)
    const record = dmarc?.takeOver?.record
    if (record === undefined || record === before.dmarcRecord) return before
    const { activity, publish } = this.#options
    const base = before.dmarcRecord ?? ''
    // Before the call: after a time-out it may still take effect.
    if (base) activity.addUndo(activityId, { type: 'dmarc-record', key, record: base })
    const domain = await publish(key, record, base)
    if (base) this.#takenOver.push({ key, record, base })
    this.#domains = this.#domains.map((known) => (known.key === key ? domain : known))
    return domain
  }

  async #verify(): Promise<void> {
    this.#verifying = new AbortController()
    const signal = AbortSignal.any([this.#verifying.signal, this.#closed.signal])
    // Where everything was left as it is, there is nothing to wait for.
    const open = this.job.domains.filter(
      ({ problem, items }) => !problem && items.some((item) => item.outcome !== 'kept'),
    )
    await verifyUntilReady(
      open.map((domain) => domain.key),
      {
        clock: this.#options.clock,
        signal,
        verify: this.#options.verify,
        onVerified: (seen) => this.#seen(seen),
        onProblem: (problem) => this.#cannotVerify(problem),
        isDone: (seen) => this.#isDone(seen),
      },
    )
    if (!signal.aborted && this.job.phase === 'verifying') this.#state.set({ phase: 'done' })
  }

  /** The records are written, and nobody can say yet what came of it. */
  #cannotVerify(problem: Problem | undefined): void {
    if (this.job.phase !== 'verifying') return
    if (problem) this.#state.set({ problem })
    else if (this.job.problem) this.#state.enter('verifying')
  }

  #seen(domain: DomainSummary): void {
    this.#domains = this.#domains.map((known) => (known.key === domain.key ? domain : known))
    for (const record of domain.records) {
      if (record.status === 'verified') this.#state.mark(domain.key, record.name, 'verified')
    }
  }

  /** Every record but those the person chose to leave as they are. */
  #isDone(seen: DomainSummary): boolean {
    const items = this.job.domains.find((domain) => domain.key === seen.key)?.items ?? []
    return seen.records.every(({ expected, state, name }) => {
      const kept = items.some((item) => item.outcome === 'kept' && sameName(item.name, name))
      return expected === undefined || state === 'ready' || kept
    })
  }

  async #undoWritten(reason: string): Promise<void> {
    try {
      for (const { key, adapter, journal } of [...this.#written].reverse()) {
        await this.#undoJournal(key, journal, adapter, reason)
        this.#written = this.#written.filter((entry) => entry.journal.id !== journal.id)
        this.#options.activity.journalUndone(journal.id)
        for (const entry of journal.entries) this.#state.mark(key, entry.name, 'undone')
      }
      // After the CNAMEs: until they are gone, receivers use the hosted record.
      for (const { key, record, base } of [...this.#takenOver].reverse()) {
        await this.#options.publish(key, base, record)
        this.#takenOver = this.#takenOver.filter((entry) => entry.key !== key)
        this.#options.activity.recordRestored(key, base)
      }
      this.#state.set({ phase: 'undone', undoable: false })
    } catch (error) {
      this.#state.set({ phase: 'done', undoable: true, problem: this.#problemOf(undefined, error) })
    }
  }

  async #undoJournal(key: string, journal: Journal, adapter: DnsAdapter, reason: string): Promise<void> {
    const { journals, view } = this.#options
    const signal = this.#writeSignal()
    const consent = reason === '' ? {} : { allowWeaker: reason }
    await undo(journal, adapter, { journals, signal, view: view(this.#domainOf(key), signal), ...consent })
  }

  async #undoInterrupted({ key, journalId }: { key: string; journalId: string }, reason: string): Promise<void> {
    const { journals } = this.#options
    const journal = await journals.load(journalId)
    const adapter = this.#planner.adapterOf(key)
    if (!journal || !adapter)
      throw new ProblemError('dns-failed', 'The journal of the earlier change no longer exists.')
    try {
      await this.#undoJournal(key, journal, adapter, reason)
    } catch (error) {
      throw dnsProblem(error)
    }
    this.#options.activity.journalUndone(journalId)
    this.#interrupted = undefined
    await this.plan()
  }

  /** Waits where the service limits checks: after a manual change, an older result would be wrong. */
  #verifyAgain({ waitIfTooSoon = false } = {}): Promise<DomainSummary[]> {
    const { verify, clock } = this.#options
    return mapLimited(this.#domains, concurrency, async (domain) => {
      try {
        return await verify(domain.key)
      } catch (error) {
        const tooSoon =
          error instanceof ProblemError && error.problem.code === 'too-soon' ? error.retryAfter : undefined
        if (!waitIfTooSoon || tooSoon === undefined) return domain
        await pause(tooSoon, clock, this.#closed.signal)
        return this.#closed.signal.aborted ? domain : verify(domain.key).catch(() => domain)
      }
    })
  }

  #problemOf(key: string | undefined, error: unknown): Problem {
    const { problem, cause } = dnsProblem(error)
    this.#options.onFailure(error)
    const journalId = (cause as { journalId?: string } | undefined)?.journalId
    if (problem.code === 'dns-interrupted' && key !== undefined && journalId !== undefined)
      this.#interrupted = { key, journalId }
    return problem
  }

  #writeSignal(): AbortSignal {
    return AbortSignal.any([this.#closed.signal, AbortSignal.timeout(writeTimeout)])
  }
}

/** Only the effect on mail that the person saw when confirming may be brought about, or one that is better known and harmless. */
function requireSameEffect(shown: ApplyDomain, takesOver: boolean, now: Plan): void {
  const dmarc = takesOver ? shown.dmarc?.takeOver?.effect : shown.dmarc?.hosted
  const effects = [
    [dmarc, dmarcEffectOf(now)],
    [shown.mtaSts, mtaStsEffectOf(now)],
    [shown.tlsRpt, tlsRptEffectOf(now)],
  ] as const
  for (const [before, after] of effects) {
    // Not part of what is written.
    if (after === undefined) continue
    const isKnownBetter = (before === null || before === undefined) && after !== null && !after.weakens
    if (!isKnownBetter && !isDeepStrictEqual(before ?? null, after))
      throw new ProblemError(
        'dns-changed-meanwhile',
        t(
          'What the service hosts for {domain}, or what is live, changed after the plan was made, and with it the effect on mail.',
          { domain: shown.title },
        ),
      )
  }
}

/** Only what the person saw when confirming may be replaced. */
function requireUnchanged(shown: readonly PlanItem[], now: readonly PlanItem[]): void {
  for (const item of shown) {
    const found = now.find((other) => other.id === item.id)
    const same =
      found?.target === item.target &&
      (found.action === 'right' ||
        JSON.stringify([found.action, found.existing]) === JSON.stringify([item.action, item.existing]))
    if (!same)
      throw new ProblemError('dns-changed-meanwhile', `The records at ${item.name} differ from those the plan showed.`)
  }
}
