import { randomUUID } from 'node:crypto'
import { DnsInputError } from '../errors.ts'
import { requireConsent } from './consent.ts'
import { planVerdict } from './effects.ts'
import { ApplyError, DnsServiceError, PlanNotApplicableError, UnfinishedJournalError } from './errors.ts'
import { isUnfinished, type Journal, type JournalStore } from './journal.ts'
import type { PlanItem } from './judge.ts'
import type { Plan } from './plan.ts'
import { requireSameTarget } from './same-target.ts'
import { requireSameZones } from './same-zone.ts'
import type { CallOptions, DnsAdapter } from './types.ts'
import { incomplete, restore } from './undo.ts'
import { requireUnchanged, steps, UnknownOutcomeError, writeStep, type ZoneChange } from './write-names.ts'

export interface ApplyOptions extends CallOptions {
  /** Where the journal goes before the first change. See `fileJournalStore`. */
  journals: JournalStore
  onProgress?: (event: { name: string; step: 'written' | 'taken-back' }) => void
  /** How long the service may take to show what it accepted, milliseconds. Default 10,000. */
  readBackTimeout?: number
  /** How long an aborted caller waits for the answer to a write that is on its way, milliseconds. Default 10,000. */
  answerTimeout?: number
  /**
   * The plan was read a moment ago, by this very caller: what stands there is then not read once more before writing,
   * where the service takes all names of a zone at once, because `write` itself refuses what has changed since.
   */
  justRead?: boolean
  /**
   * Consent to weaken what is live: a reason in words, 1 to 500 printable characters, kept in the journal. A plan whose
   * verdict needs consent is refused without it.
   */
  allowWeaker?: string
  clock?: () => number
  newId?: () => string
}

export interface ApplyResult {
  /** Undefined when there was nothing to change and nothing was adopted. */
  journal?: Journal
  items: { name: string; value: string; outcome: 'created' | 'replaced' | 'unchanged' }[]
  /** A consent was given that this plan does not need: take it away, so that it does not cover the next change. */
  unneededConsent?: true
}

/**
 * Carries out a plan. Refuses with `PlanNotApplicableError` while anything conflicts or is blocked, with
 * `WeakeningError` where it weakens what is live and no reason is given, and with `ZoneChangedError` when the zone is no longer what was planned for; nothing is touched then. Fails with `ApplyError`
 * after undoing what was done; where a write was sent and not confirmed, its outcome is `unknown` and the journal stays
 * open. Names outside the plan are never written.
 */
export async function apply(plan: Plan, adapter: DnsAdapter, options: ApplyOptions): Promise<ApplyResult> {
  const { journals, signal, onProgress, justRead = false, clock = Date.now, newId = randomUUID } = options
  requireApplicable(plan, adapter)
  // Not `plan.verdict`: it may be that of a plan of which this is a part.
  const consent = requireConsent(planVerdict(plan.items), options.allowWeaker)
  const unneeded = options.allowWeaker !== undefined && consent === undefined ? { unneededConsent: true as const } : {}
  const items = plan.items.map(result)
  const kept = plan.items.filter((item) => item.action !== 'unchanged' || item.adopted)
  await requireNoUnfinished(journals, plan)
  if (kept.length === 0) return { items, ...unneeded }

  const changes = plan.items.filter((item) => item.action !== 'unchanged').map(toChange)
  if (!justRead || !adapter.abilities.canApplyAllAtomically) {
    const zones = plan.items.map(({ zone }) => zone)
    await requireSameZones('The plan', zones, adapter, 'Plan again.', { signal })
    await requireUnchanged(adapter, plan.items.map(toChange), 'Plan again.', { signal })
  }

  const journal: Journal = {
    version: 1,
    id: newId(),
    service: adapter.service,
    ...(adapter.identity === undefined ? {} : { identity: adapter.identity }),
    startedAt: new Date(clock()).toISOString(),
    state: 'applying',
    ...(consent === undefined ? {} : { allowWeaker: consent }),
    entries: kept.map((item) => ({ ...toChange(item), adopted: item.adopted })),
  }
  await journals.save(journal)
  const started: ZoneChange[] = []
  let stepSize = 0
  try {
    for (const step of steps(adapter, changes)) {
      signal?.throwIfAborted()
      stepSize = step.length
      started.push(...step)
      await writeStep(adapter, step, {
        ...options,
        onWritten: (change) => onProgress?.({ name: change.name, step: 'written' }),
      })
      signal?.throwIfAborted()
    }
  } catch (cause) {
    await takeBack(
      journal,
      adapter,
      refusedUntouched(adapter, cause) ? started.slice(0, -stepSize) : started,
      cause,
      options,
    )
  }
  journal.state = 'applied'
  await journals.save(journal)
  return { journal, items, ...unneeded }
}

// What stands there then is somebody else's, even where it is just what was planned: two people apply one plan.
const refusedUntouched = (adapter: DnsAdapter, cause: unknown) =>
  adapter.abilities.canReplaceAtomically && cause instanceof DnsServiceError && cause.kind === 'changed'

// The caller's signal is left out on purpose: an aborted apply still has to put things back.
async function takeBack(
  journal: Journal,
  adapter: DnsAdapter,
  started: readonly ZoneChange[],
  cause: unknown,
  { journals, onProgress, readBackTimeout, clock = Date.now }: ApplyOptions,
): Promise<never> {
  const unknown = cause instanceof UnknownOutcomeError
  const why = unknown ? cause.cause : cause
  try {
    const taken: string[] = []
    const left = await restore(adapter, started, {
      ...(readBackTimeout === undefined ? {} : { readBackTimeout }),
      onWritten: (change) => {
        taken.push(change.name)
        onProgress?.({ name: change.name, step: 'taken-back' })
      },
    })
    if (left.changed.length + left.failed.length > 0) throw incomplete(taken, left)
    // A write whose answer never came may still be carried out: the journal stays open.
    const state = unknown ? { unknownSince: new Date(clock()).toISOString() } : { state: 'undone' as const }
    await journals.save({ ...journal, ...state })
  } catch (problem) {
    throw new ApplyError(journal.id, 'incomplete', why, problem)
  }
  throw new ApplyError(journal.id, unknown ? 'unknown' : 'as-before', why)
}

function requireApplicable(plan: Plan, adapter: DnsAdapter): void {
  requireSameTarget('The plan', plan, adapter)
  const obstacles = plan.items.filter((item) => item.action === 'conflict' || item.action === 'blocked')
  if (obstacles.length > 0) {
    throw new PlanNotApplicableError(
      obstacles.map((item) => ({ name: item.record.name, reason: item.reason ?? item.action, message: item.message })),
    )
  }
  if (!adapter.abilities.canWrite && plan.items.some((item) => item.action !== 'unchanged')) {
    throw new DnsServiceError({
      service: adapter.service,
      kind: 'refused',
      message: 'These records must be entered by hand.',
      fix: 'Paste the printed lines into the panel of the DNS service.',
    })
  }
}

async function requireNoUnfinished(journals: JournalStore, plan: Plan): Promise<void> {
  const names = new Set(plan.items.map((item) => item.record.name))
  const unfinished = (await journals.unfinished?.()) ?? (await journals.list()).filter(isUnfinished)
  for (const journal of unfinished) {
    const shared = journal.entries.map((entry) => entry.name).filter((name) => names.has(name))
    if (shared.length > 0) throw new UnfinishedJournalError(journal.id, journal.startedAt, shared)
  }
}

function toChange(item: PlanItem): ZoneChange {
  if (!item.zone) throw new DnsInputError(`${item.record.name} has no zone in the plan; plan again.`)
  return { zone: item.zone, name: item.record.name, before: item.before, after: item.after }
}

function result(item: PlanItem): ApplyResult['items'][number] {
  const outcome = item.action === 'create' ? 'created' : item.action === 'replace' ? 'replaced' : 'unchanged'
  return { name: item.record.name, value: item.record.value, outcome }
}
