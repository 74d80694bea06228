import type { Verdict } from '@dmarc-as-code/records'
import { DnsError } from '../errors.ts'
import { describeSets } from './record-sets.ts'
import type { RecordSet, ServiceId } from './types.ts'

/**
 * - `unauthorised`: the credentials are wrong, `forbidden`: they do not reach far enough
 * - `throttled`, `unavailable` (5xx, network), `timed-out`: try again later
 * - `changed`: the zone is not what it was when it was read
 * - `refused`: the service will not have this record, and says why
 * - `bad-answer`: the service answered something this package does not understand
 * - `configuration`: the adapter's settings are incomplete
 */
export type DnsServiceErrorKind =
  | 'unauthorised'
  | 'forbidden'
  | 'throttled'
  | 'unavailable'
  | 'timed-out'
  | 'changed'
  | 'refused'
  | 'not-found'
  | 'bad-answer'
  | 'configuration'

/** A DNS service did not do what was asked. `fix` says what to do next. Never contains credentials. */
export class DnsServiceError extends DnsError {
  override name = 'DnsServiceError'
  readonly service: ServiceId
  readonly kind: DnsServiceErrorKind
  readonly fix: string
  constructor(
    details: { service: ServiceId; kind: DnsServiceErrorKind; message: string; fix: string },
    options?: ErrorOptions,
  ) {
    // Words of services and systems often come without a full stop.
    const message = /[.!?]$/.test(details.message) ? details.message : `${details.message}.`
    super(`${message} ${details.fix}`.trim(), options)
    this.service = details.service
    this.kind = details.kind
    this.fix = details.fix
  }
}

/** The plan has conflicts or blocked records; nothing was touched. */
export class PlanNotApplicableError extends DnsError {
  override name = 'PlanNotApplicableError'
  readonly records: { name: string; reason: string; message: string }[]
  constructor(records: PlanNotApplicableError['records']) {
    super(
      `${records.length === 1 ? 'One record stands' : `${records.length} records stand`} in the way; nothing was changed.\n` +
        records.map((record) => `  ${record.name}: ${record.message}`).join('\n'),
    )
    this.records = records
  }
}

/** The plan weakens the protection that is live, and nobody has said why it may; nothing was touched. */
export class WeakeningError extends DnsError {
  override name = 'WeakeningError'
  readonly verdict: Verdict
  constructor(
    verdict: Verdict,
    fix = 'Take over the current policy at the host of the records first, or give the reason why it may become weaker.',
  ) {
    super(`${verdict.words} Nothing was changed.\n${verdict.details.map((detail) => `  ${detail}`).join('\n')}\n${fix}`)
    this.verdict = verdict
  }
}

/** A name that holds something else than it should. */
export interface Mismatch {
  name: string
  found: readonly RecordSet[]
  expected: readonly RecordSet[]
}

/** What stands at these names is not what the plan (or the journal) says; they were left as they are. */
export class ZoneChangedError extends DnsError {
  override name = 'ZoneChangedError'
  readonly names: string[]
  constructor(what: string, mismatches: readonly Mismatch[], fix: string) {
    super(`${what}\n${lines(mismatches)}\n${fix}`)
    this.names = mismatches.map(({ name }) => name)
  }
}

/** The service accepted the change and then did not show it. */
export class ReadBackError extends DnsError {
  override name = 'ReadBackError'
  readonly names: string[]
  constructor(mismatches: readonly Mismatch[]) {
    super(`The service accepted the change but does not show it.\n${lines(mismatches)}`)
    this.names = mismatches.map(({ name }) => name)
  }
}

const lines = (mismatches: readonly Mismatch[]) =>
  mismatches
    .map(({ name, found, expected }) => `  ${name}: found ${describeSets(found)}, expected ${describeSets(expected)}`)
    .join('\n')

/**
 * How the records stand after a failed change: `as-before`; `unknown`, because a write was sent whose answer did not come,
 * so that it may still take effect; or `incomplete`, because what was done could not be undone.
 */
export type ApplyOutcome = 'as-before' | 'unknown' | 'incomplete'

/** The change failed. Unless `outcome` is `as-before`, its journal stays open, and `undo` of it restores the records. */
export class ApplyError extends DnsError {
  override name = 'ApplyError'
  readonly journalId: string
  readonly outcome: ApplyOutcome
  constructor(journalId: string, outcome: ApplyOutcome, cause: unknown, rollbackProblem?: unknown) {
    const state: Record<ApplyOutcome, string> = {
      'as-before': 'The change failed and was undone; every record is as before.',
      unknown: `The service did not confirm the change, so it may still take effect. Undo journal ${journalId} in a minute to make sure that every record is as before.`,
      incomplete: `The change failed and could not be undone (${text(rollbackProblem)}). Undo journal ${journalId} to restore the records.`,
    }
    super(`${state[outcome]} ${text(cause)}`, { cause })
    this.journalId = journalId
    this.outcome = outcome
  }

  /** Whether every record is as before. */
  get rolledBack(): boolean {
    return this.outcome === 'as-before'
  }
}

/** Some names could not be restored; the others were. The journal keeps those that are left, and undo can be repeated. */
export class UndoIncompleteError extends DnsError {
  override name = 'UndoIncompleteError'
  readonly restored: readonly string[]
  /** Names that the service refused to restore, or whose answer did not come. */
  readonly failed: readonly { name: string; error: unknown }[]
  /** Names that somebody else has changed since. */
  readonly changed: readonly Mismatch[]
  constructor(
    restored: readonly string[],
    failed: readonly { name: string; error: unknown }[],
    changed: readonly Mismatch[],
  ) {
    const problems = [
      ...failed.map(({ name, error }) => `  ${name}: ${text(error)}`),
      ...(changed.length > 0 ? [lines(changed)] : []),
    ]
    super(
      `Could not restore every name.\n${problems.join('\n')}\n${restoredText(restored)}Undo again once the cause is removed.`,
      { cause: failed[0]?.error },
    )
    this.restored = restored
    this.failed = failed
    this.changed = changed
  }
}

/** What was restored in spite of what could not be, as the beginning of a sentence. */
export const restoredText = (restored: readonly string[]) =>
  restored.length === 0 ? '' : `Restored: ${restored.join(', ')}. `

/** An earlier run stopped in the middle and left names half changed. */
export class UnfinishedJournalError extends DnsError {
  override name = 'UnfinishedJournalError'
  readonly journalId: string
  constructor(journalId: string, startedAt: string, names: string[]) {
    super(
      `An earlier run (journal ${journalId}, started ${startedAt}) stopped in the middle of changing ${names.join(', ')}. ` +
        'Undo that journal first; it puts everything back as it was.',
    )
    this.journalId = journalId
  }
}

const text = (error: unknown) => (error instanceof Error ? error.message : String(error))
