import { setTimeout as sleep } from 'node:timers/promises'
import type { Verdict } from '@dmarc-as-code/records'
import { DnsInputError } from '../errors.ts'
import { requireConsent } from './consent.ts'
import { type Mismatch, restoredText, UndoIncompleteError, ZoneChangedError } from './errors.ts'
import type { Journal, JournalStore } from './journal.ts'
import { isOurs } from './ours.ts'
import { matchesAll } from './record-sets.ts'
import { requireSameTarget } from './same-target.ts'
import { findOtherZones } from './same-zone.ts'
import type { CallOptions, DnsAdapter } from './types.ts'
import { entriesToUndo, planUndo, type UndoPlan, type UndoPlanOptions, wantedBack } from './undo-plan.ts'
import { readLive, steps, UnknownOutcomeError, type WriteOptions, writeStep, type ZoneChange } from './write-names.ts'

export interface UndoOptions extends UndoPlanOptions {
  /** Where the journal's new state is kept. Without it the journal's own file does not learn of the undo. */
  journals?: JournalStore
  /**
   * Consent to go back to what is weaker than what is live: a reason in words, 1 to 500 printable characters, kept in the
   * journal. An undo whose verdict needs consent is refused without it, and nothing is touched.
   */
  allowWeaker?: string
  /** The plan shown a moment ago, by this very caller. Default: it is made anew. */
  plan?: UndoPlan
  onProgress?: (event: { name: string; step: 'restored' }) => void
  /** How long the service may take to show what it accepted, milliseconds. Default 10,000. */
  readBackTimeout?: number
  /**
   * How long after an interrupted run a write of its may still take effect, milliseconds. Until then undo looks again
   * before it calls the journal undone. Default 60,000.
   */
  lateWriteTimeout?: number
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: () => number
}

export interface UndoResult {
  journal: Journal
  /** What going back does to mail. */
  verdict: Verdict
  /** Names that were written; the others were already as before. */
  restored: string[]
  /** A consent was given that this undo does not need. */
  unneededConsent?: true
}

/**
 * Restores exactly what stood at the journal's names before its run, whether that run ended, failed or died in the middle.
 * Each name is restored by itself: where somebody has changed one since, or the service refuses one, the others are
 * restored all the same, the journal keeps what is left, and undo can be repeated. Fails with `ZoneChangedError` for names
 * that somebody has changed, and with `UndoIncompleteError` where a restore failed; both say what was restored. Fails with
 * `DnsInputError`, touching nothing, for another service, server or account than that of the run, and with `WeakeningError`
 * where what stood there protects less than what is live, and no reason is given.
 */
export async function undo(given: Journal, adapter: DnsAdapter, options: UndoOptions = {}): Promise<UndoResult> {
  const { journals, adopted, signal, onProgress, readBackTimeout } = options
  const left = entriesToUndo(given, {})
  const chosen = entriesToUndo(given, options)
  requireSameTarget(`Journal ${given.id}`, given, adapter)
  const { verdict } = options.plan ?? (await planUndo(given, adapter, options))
  const consent = requireConsent(verdict, options.allowWeaker, keepInstead)
  const unneeded = options.allowWeaker !== undefined && consent === undefined ? { unneededConsent: true as const } : {}
  const journal: Journal = consent === undefined ? given : { ...given, undoAllowedWeaker: consent }
  const changes = chosen.map(
    (entry): ZoneChange => ({
      zone: entry.zone,
      name: entry.name,
      before: wantedBack(entry, adopted),
      after: entry.after,
    }),
  )
  await requireOurZones(`Journal ${given.id}`, changes, adapter, { signal })
  await journals?.save({ ...journal, state: 'undoing' })
  const restored = new Set<string>()
  const write = {
    signal,
    ...(readBackTimeout === undefined ? {} : { readBackTimeout }),
    onWritten: (change: ZoneChange) => {
      restored.add(change.name)
      onProgress?.({ name: change.name, step: 'restored' })
    },
  }
  let found = await restore(adapter, changes, write)
  for (const end = lateWritesUntil(journal, options); found.changed.length + found.failed.length === 0; ) {
    if ((options.clock ?? Date.now)() >= end) break
    await sleep(1000, undefined, { signal })
    found = await restore(adapter, changes, write)
  }
  const problems = new Set([...found.changed, ...found.failed].map(({ name }) => name))
  if (problems.size === 0 && chosen.length === left.length) {
    const undone: Journal = { ...journal, state: 'undone' }
    await journals?.save(undone)
    return { journal: undone, verdict, restored: [...restored], ...unneeded }
  }
  const whole = new Set(chosen.map(({ name }) => name).filter((name) => !problems.has(name)))
  const entries = journal.entries.map((entry) => (whole.has(entry.name) ? { ...entry, restored: true } : entry))
  if (problems.size === 0) {
    // What was not chosen is as its run left it.
    const partly: Journal = { ...journal, entries }
    await journals?.save(partly)
    return { journal: partly, verdict, restored: [...restored], ...unneeded }
  }
  // What somebody else has changed is whole again, if differently; what failed may be half done.
  await journals?.save({ ...journal, state: found.failed.length > 0 ? 'undoing' : 'applied', entries })
  throw incomplete([...restored], found)
}

/**
 * A zone made anew may hold what stood there before the run, and then nothing would be left to do. One that holds what the run
 * wrote is a copy at least, whatever its SOA says: primaries are renamed, and some servers set serials back.
 */
async function requireOurZones(
  what: string,
  changes: readonly ZoneChange[],
  adapter: DnsAdapter,
  options: CallOptions,
): Promise<void> {
  const others = await findOtherZones(
    adapter,
    changes.map(({ zone }) => zone),
    options,
  )
  if (others.length === 0) return
  const there = changes.filter(({ zone }) => others.some((other) => other.zone.id === zone.id))
  const live = await readLive(adapter, there, options)
  const strange = others.filter(({ zone }) =>
    there.some((change) => change.zone.id === zone.id && !matchesAll(change.after, live(change), { ignoreTtl: true })),
  )
  if (strange.length === 0) return
  throw new DnsInputError(
    `${what} was made for another zone. ${strange.map(({ message }) => message).join(' ')} Restore its names by hand from the journal, if they are to be restored there.`,
  )
}

const keepInstead = 'Keep the records that are live, or give the reason why the protection may become weaker.'

/** Until when a write of an interrupted run may still take effect. */
function lateWritesUntil({ unknownSince }: Journal, { lateWriteTimeout = 60_000 }: UndoOptions): number {
  return unknownSince === undefined ? 0 : Date.parse(unknownSince) + lateWriteTimeout
}

export interface RestoreResult {
  /** Names that somebody else has changed since. */
  changed: Mismatch[]
  /** Names whose restore failed. */
  failed: { name: string; error: unknown }[]
}

/** The error for what could not be restored. */
export function incomplete(restored: readonly string[], { changed, failed }: RestoreResult): Error {
  if (failed.length > 0) return new UndoIncompleteError(restored, failed, changed)
  return new ZoneChangedError(
    'Somebody has changed these names since; they were left as they are.',
    changed,
    `${restoredText(restored)}Correct them by hand, or set them back to what is expected and undo again.`,
  )
}

/**
 * Brings every name from wherever the change got to back to `before`, last change first. Goes as far as it can, and
 * rejects only when the caller aborts or nothing can be read.
 */
export async function restore(
  adapter: DnsAdapter,
  changes: readonly ZoneChange[],
  options: WriteOptions,
): Promise<RestoreResult> {
  // Where nothing was changed, nothing is to be restored, whatever became of it since.
  const touched = changes.filter((change) => !matchesAll(change.before, change.after))
  const live = await readLive(adapter, touched, options)
  const foreign = touched.filter((change) => !isOurs(change, live(change)))
  const changed = foreign.map((change) => ({ name: change.name, found: live(change), expected: change.after }))
  const back = touched
    .filter((change) => !foreign.includes(change) && !matchesAll(change.before, live(change)))
    .map((change): ZoneChange => ({ ...change, before: live(change), after: change.before }))
  const failed: RestoreResult['failed'] = []
  for (const step of steps(adapter, back.reverse())) {
    options.signal?.throwIfAborted()
    failed.push(...(await restoreStep(adapter, step, options)))
  }
  return { changed, failed }
}

/** A step that fails as a whole is tried name by name: one that the service refuses must not hold back the others. */
async function restoreStep(
  adapter: DnsAdapter,
  step: readonly ZoneChange[],
  options: WriteOptions,
): Promise<RestoreResult['failed']> {
  try {
    await writeStep(adapter, step, options)
    return []
  } catch (error) {
    if (options.signal?.aborted) throw error
    if (step.length === 1 || error instanceof UnknownOutcomeError) return step.map(({ name }) => ({ name, error }))
  }
  const failed: RestoreResult['failed'] = []
  for (const change of step) {
    options.signal?.throwIfAborted()
    failed.push(...(await restoreStep(adapter, [change], options)))
  }
  return failed
}
