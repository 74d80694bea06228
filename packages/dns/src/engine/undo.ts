import { DnsInputError } from '../errors.ts'
import { ZoneChangedError } from './errors.ts'
import type { Journal, JournalStore } from './journal.ts'
import { matchesAll, matchesSet } from './record-sets.ts'
import type { CallOptions, DnsAdapter, RecordSet } from './types.ts'
import { readLive, steps, type WriteOptions, writeStep, type ZoneChange } from './write-names.ts'

export interface UndoOptions extends CallOptions {
  /** Where the journal's new state is kept. Without it the journal's own file does not learn of the undo. */
  journals?: JournalStore
  /** What becomes of records that were there before and were adopted. Default `restore`: as they were. */
  adopted?: 'restore' | 'remove'
  onProgress?: (event: { name: string; step: 'restored' }) => void
  /** How long the service may take to show what it accepted, milliseconds. Default 10,000. */
  readBackTimeout?: number
}

export interface UndoResult {
  journal: Journal
  /** Names that were written; the others were already as before. */
  restored: string[]
}

/**
 * Puts back exactly what stood at the journal's names before its run, whether that run ended, failed or died in the
 * middle. Refuses with `ZoneChangedError`, touching nothing, when somebody has changed one of the names since.
 */
export async function undo(journal: Journal, adapter: DnsAdapter, options: UndoOptions = {}): Promise<UndoResult> {
  const { journals, adopted = 'restore', signal, onProgress, readBackTimeout } = options
  if (journal.service !== adapter.service) {
    throw new DnsInputError(`Journal ${journal.id} was written by ${journal.service}, not by ${adapter.service}.`)
  }
  const changes = journal.entries.map((entry): ZoneChange => {
    const before = adopted === 'remove' && entry.adopted ? [] : entry.before
    return { zone: entry.zone, name: entry.name, before, after: entry.after }
  })
  await journals?.save({ ...journal, state: 'undoing' })
  const restored: string[] = []
  const writing = restore(adapter, changes, {
    signal,
    ...(readBackTimeout === undefined ? {} : { readBackTimeout }),
    onWritten: (change) => {
      restored.push(change.name)
      onProgress?.({ name: change.name, step: 'restored' })
    },
  })
  try {
    await writing
  } catch (error) {
    // Refused before anything was written: the journal stays what it was, and does not count as half undone.
    if (error instanceof ZoneChangedError && restored.length === 0) await journals?.save(journal)
    throw error
  }
  const undone: Journal = { ...journal, state: 'undone' }
  await journals?.save(undone)
  return { journal: undone, restored }
}

/** Brings every name from wherever the change got to back to `before`, last change first. */
export async function restore(
  adapter: DnsAdapter,
  changes: readonly ZoneChange[],
  options: WriteOptions,
): Promise<void> {
  // Where nothing was changed, nothing is to be put back, whatever became of it since.
  const changed = changes.filter((change) => !matchesAll(change.before, change.after))
  const live = await readLive(adapter, changed, options)
  const foreign = changed.filter((change) => !isOurs(change, live(change)))
  if (foreign.length > 0) {
    throw new ZoneChangedError(
      'Somebody has changed these names since; nothing was put back.',
      foreign.map((change) => ({ name: change.name, found: live(change), expected: change.after })),
      'Set them right by hand, or back to what is expected, and undo again.',
    )
  }
  const back = changed
    .filter((change) => !matchesAll(change.before, live(change)))
    .map((change): ZoneChange => ({ ...change, before: live(change), after: change.before }))
  for (const step of steps(adapter, back.reverse())) {
    options.signal?.throwIfAborted()
    await writeStep(adapter, step, options)
  }
}

/** Whether everything at the name came from before the change or from the change itself: a crash leaves such mixtures. */
function isOurs(change: ZoneChange, live: readonly RecordSet[]): boolean {
  return live.every((set) =>
    [...change.before, ...change.after].some(
      (known) => matchesSet(known, set, { ignoreTtl: true }) || isPartOf(set, known),
    ),
  )
}

// Services without transactions delete the values of a set one by one.
function isPartOf(live: RecordSet, whole: RecordSet): boolean {
  return (
    live.name === whole.name && live.type === whole.type && live.values.every((value) => whole.values.includes(value))
  )
}
