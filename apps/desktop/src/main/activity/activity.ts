import { isDeepStrictEqual } from 'node:util'
import {
  type DnsAdapter,
  type Journal,
  type JournalStore,
  type MailView,
  undo,
  WeakeningError,
} from '@dmarc-as-code/dns/apply'
import { after, type Clock } from '@dmarc-as-code/primitives'
import type { ActivityKind, ActivityView } from '../../shared/activity.ts'
import { t } from '../../shared/messages/messages.ts'
import { type Problem, ProblemError } from '../../shared/problems.ts'
import type { CredentialStore, ZoneCredentials } from '../dns/credential-store.ts'
import { dnsProblem } from '../dns/dns-problem.ts'
import type { ActivityStore, PostponedEnd, UndoStep } from './activity-store.ts'

export type { PostponedEnd }

interface ActivityOptions {
  readonly store: ActivityStore
  readonly journals: JournalStore
  readonly credentials: Pick<CredentialStore, 'of' | 'others'>
  readonly openAdapter: (credentials: ZoneCredentials) => Promise<DnsAdapter>
  /** What receivers of mail see, to say what Undo does to it. */
  readonly view: (connectionId: string, signal: AbortSignal) => MailView
  /** Whether undoing a step at the service weakens what receivers use now. */
  readonly weakens: (step: Exclude<UndoStep, { type: 'journal' }>) => boolean
  /** Undoes a step at the service. */
  readonly restore: (step: Exclude<UndoStep, { type: 'journal' }>) => Promise<void>
  /** Called for each domain whose records Undo changed. */
  readonly onRestored: (key: string) => void
  readonly clock: Clock
  readonly newId: () => string
  readonly onChange: () => void
  readonly onFailure: (error: unknown) => void
}

type Domain = ActivityView['domains'][number]

const undoTimeout = 60_000
/** How long a service may take to answer behind the CNAMEs, once hosting is on again. Milliseconds. */
const publishTimeout = 60_000
const publishPause = 3_000

/**
 * What the app changed, and the way back. An entry is written before the change begins, so that a change the app did not
 * survive is found again; Undo then restores what it had reached.
 */
export class Activity {
  readonly #options: ActivityOptions
  readonly #running = new Set<string>()
  readonly #undoing = new Set<string>()
  readonly #problems = new Map<string, Problem>()

  constructor(options: ActivityOptions) {
    this.#options = options
  }

  get view(): ActivityView[] {
    return this.#options.store.entries
      .filter(({ id }) => !this.#running.has(id))
      .map(({ id, at, kind, domains, state, undo: steps, reason, acceptedRisk, postponed }) => {
        const problem = this.#problems.get(id)
        return {
          id,
          at,
          kind,
          domains,
          state,
          undoable: state !== 'undone' && steps.length > 0,
          undoing: this.#undoing.has(id),
          ...(reason ? { reason } : {}),
          ...(acceptedRisk ? { acceptedRisk } : {}),
          ...(postponed ? { endsAt: postponed.until } : {}),
          ...(problem ? { problem } : {}),
        }
      })
  }

  /** Begins an entry. Until `finish`, it counts as running; found on disk after a restart, as interrupted. */
  begin(kind: ActivityKind, domains: readonly Domain[], reason?: string, acceptedRisk?: string): string {
    const { store, clock, newId } = this.#options
    const id = newId()
    this.#running.add(id)
    store.put({
      id,
      at: new Date(clock.now()).toISOString(),
      kind,
      domains: [...domains],
      state: 'interrupted',
      undo: [],
      ...(reason ? { reason } : {}),
      ...(acceptedRisk ? { acceptedRisk } : {}),
    })
    return id
  }

  /** Adds what Undo has to do, once. Call it before the step begins. */
  addUndo(id: string, step: UndoStep): void {
    const entry = this.#options.store.get(id)
    const isKnown = entry?.undo.some((known) => isDeepStrictEqual(known, step))
    if (entry && !isKnown) this.#options.store.put({ ...entry, undo: [...entry.undo, step] })
  }

  /** What happened cannot be undone, nor what led to it; the entry stays all the same. */
  markFinal(id: string): void {
    const entry = this.#options.store.get(id)
    if (entry) this.#options.store.put({ ...entry, undo: [], final: true })
  }

  /** What is still to come of an entry, once its time has come. */
  get postponed(): readonly { readonly id: string; readonly end: PostponedEnd }[] {
    return this.#options.store.entries.flatMap(({ id, postponed }) => (postponed ? [{ id, end: postponed }] : []))
  }

  isUndoing(id: string): boolean {
    return this.#undoing.has(id)
  }

  /** The last step of the entry is to be taken later. */
  postpone(id: string, end: PostponedEnd): void {
    const entry = this.#options.store.get(id)
    if (entry) this.#options.store.put({ ...entry, postponed: end })
  }

  /** The last step was taken, or is not to be taken any more. */
  cancelPostponed(id: string): void {
    const entry = this.#options.store.get(id)
    if (!entry) return
    const { postponed: _over, ...rest } = entry
    this.#options.store.put(rest)
    this.#options.onChange()
  }

  /** Takes a step back off the list: it did not happen, or was rolled back. */
  dropUndo(id: string, journalId: string): void {
    const entry = this.#options.store.get(id)
    if (!entry) return
    const steps = entry.undo.filter((step) => step.type !== 'journal' || step.journalId !== journalId)
    this.#options.store.put({ ...entry, undo: steps })
  }

  /** The change is complete. An entry in which nothing was changed is removed. */
  finish(id: string): void {
    const { store, onChange } = this.#options
    const entry = store.get(id)
    this.#running.delete(id)
    if (entry && entry.undo.length === 0 && !entry.final) store.remove(id)
    else if (entry) store.put({ ...entry, state: 'done' })
    onChange()
  }

  /** The journal was undone elsewhere, by the job that is still open. */
  journalUndone(journalId: string): void {
    this.#stepUndone((step) => step.type === 'journal' && step.journalId === journalId)
  }

  /** The record that the service published before is published again. */
  recordRestored(key: string, record: string): void {
    this.#stepUndone((step) => step.type === 'dmarc-record' && step.key === key && step.record === record)
  }

  #stepUndone(isUndone: (step: UndoStep) => boolean): void {
    const { store, onChange } = this.#options
    for (const entry of store.entries) {
      if (!entry.undo.some(isUndone)) continue
      const rest = entry.undo.filter((step) => !isUndone(step))
      store.put({ ...entry, undo: rest, state: rest.length === 0 ? 'undone' : entry.state })
    }
    onChange()
  }

  /**
   * Restores what was there before, last step first. A step that fails is kept, with those before it. What would weaken the
   * protection is not restored without a reason; empty for none.
   */
  async undo(id: string, reason = ''): Promise<void> {
    const { store, onChange, onFailure, onRestored } = this.#options
    const entry = store.get(id)
    if (!entry || entry.state === 'undone' || entry.undo.length === 0)
      throw new ProblemError('refused', 'There is nothing to undo.')
    if (this.#undoing.has(id)) return
    this.#undoing.add(id)
    this.#problems.delete(id)
    onChange()
    try {
      const steps = [...entry.undo].reverse()
      if (reason === '' && this.#weakensAtTheService(steps))
        throw new ProblemError('would-weaken', t('Undo goes back to a weaker policy.'))
      for (const step of steps) {
        await this.#undoStep(step, reason, steps)
        const current = store.get(id)
        if (current) store.put({ ...current, undo: current.undo.slice(0, -1) })
      }
      this.cancelPostponed(id)
      const current = store.get(id)
      if (current) store.put({ ...current, state: 'undone', ...(reason ? { reason } : {}) })
    } catch (error) {
      onFailure(error)
      this.#problems.set(id, dnsProblem(error).problem)
    } finally {
      this.#undoing.delete(id)
      onChange()
      for (const { key } of entry.domains) onRestored(key)
    }
  }

  /** Where records of the DNS are restored as well, the engine compares the whole effect. */
  #weakensAtTheService(steps: readonly UndoStep[]): boolean {
    const own = steps.filter((step) => step.type !== 'journal')
    return own.length === steps.length && own.some((step) => this.#options.weakens(step))
  }

  async #undoStep(step: UndoStep, reason: string, steps: readonly UndoStep[]): Promise<void> {
    if (step.type !== 'journal') return this.#options.restore(step)
    const journal = await this.#options.journals.load(step.journalId)
    if (!journal) throw new ProblemError('dns-failed', 'The journal of this change no longer exists.')
    if (journal.state === 'undone') return
    // Hosting that has just been turned on again may not answer yet; until it does, its CNAME leads to nothing.
    const hostsAgain = steps.some((other) => other.type === 'hosting' && other.on)
    const { clock } = this.#options
    for (const end = clock.now() + (hostsAgain ? publishTimeout : 0); ; ) {
      try {
        return await this.#undoJournal(journal, step, reason)
      } catch (error) {
        if (!(error instanceof WeakeningError) || clock.now() >= end) throw error
        await new Promise<void>((resolve) => after(clock, publishPause, resolve))
      }
    }
  }

  async #undoJournal(
    journal: Journal,
    { zone, connectionId }: Extract<UndoStep, { type: 'journal' }>,
    reason: string,
  ): Promise<void> {
    const { credentials, openAdapter, journals, view } = this.#options
    const signal = AbortSignal.timeout(undoTimeout)
    const own = await credentials.of(zone)
    const candidates = own ? [own] : await credentials.others(journal.service, zone)
    for (const candidate of candidates) {
      const adapter = await openAdapter(candidate)
      try {
        if (!(await adapter.findZone(journal.entries[0]?.name ?? zone, { signal }))) continue
        const consent = reason === '' ? {} : { allowWeaker: reason }
        await undo(journal, adapter, { journals, signal, view: view(connectionId, signal), ...consent })
        return
      } finally {
        await adapter.close?.()
      }
    }
    throw new ProblemError(
      'refused',
      `Undo requires DNS credentials for the zone ${zone}, and none are stored. Apply a domain in this zone to enter them again.`,
    )
  }
}
