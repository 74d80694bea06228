import { setTimeout as sleep } from 'node:timers/promises'
import { DnsError } from '../errors.ts'
import { DnsServiceError, ReadBackError, ZoneChangedError } from './errors.ts'
import { matchesAll } from './record-sets.ts'
import type { CallOptions, DnsAdapter, HostedZone, NameChange, RecordSet } from './types.ts'

export interface ZoneChange extends NameChange {
  zone: HostedZone
}

export interface WriteOptions extends CallOptions {
  /** How long the service may take to show what it accepted, milliseconds. Default 10,000. */
  readBackTimeout?: number
  /** How long an aborted caller waits for the answer to a write that is on its way, milliseconds. Default 10,000. */
  answerTimeout?: number
  onWritten?: (change: ZoneChange) => void
}

/** A write was sent, and nobody knows whether it took effect or still will. */
export class UnknownOutcomeError extends DnsError {
  override name = 'UnknownOutcomeError'
}

/** Changes as they can be written in one step each, by the adapter's honest word. */
export function steps(adapter: DnsAdapter, changes: readonly ZoneChange[]): ZoneChange[][] {
  const { canApplyAllAtomically, maximumNames = Number.POSITIVE_INFINITY } = adapter.abilities
  const size = canApplyAllAtomically ? maximumNames : 1
  const steps: ZoneChange[][] = []
  for (const group of Map.groupBy(changes, (change) => change.zone.id).values()) {
    for (let from = 0; from < group.length; from += size) steps.push(group.slice(from, from + size))
  }
  return steps
}

/**
 * Writes one step and waits until the service shows it. Fails with `UnknownOutcomeError` where the service neither shows
 * nor refuses it. Once the write is on its way, an abort of the caller's no longer stops it: it waits for the answer.
 */
export async function writeStep(
  adapter: DnsAdapter,
  step: readonly ZoneChange[],
  options: WriteOptions,
): Promise<void> {
  const { readBackTimeout = 10_000, onWritten } = options
  const zone = step[0]?.zone
  if (!zone) return
  const lost = await sendWrite(adapter, zone, step, options)
  const problem = await readBack(adapter, zone, step, lost ? Math.min(readBackTimeout, 2000) : readBackTimeout)
  if (problem) throw new UnknownOutcomeError(messageOf(lost ?? problem), { cause: lost ?? problem })
  for (const change of step) onWritten?.(change)
}

/** Answers why the outcome is not known, or undefined when the service said that it is done. */
async function sendWrite(
  adapter: DnsAdapter,
  zone: HostedZone,
  step: readonly ZoneChange[],
  { signal, answerTimeout = 10_000 }: WriteOptions,
): Promise<unknown> {
  signal?.throwIfAborted()
  const giveUp = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const onAbort = () => {
    timer = setTimeout(() => giveUp.abort(signal?.reason), answerTimeout)
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    await adapter.write(zone, step, { signal: giveUp.signal })
    return undefined
  } catch (error) {
    // A lost answer says nothing about the change.
    if (giveUp.signal.aborted || isUnclear(error)) return error ?? new Error('The write was given up.')
    throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** What stands at each name of the changes right now. */
export async function readLive(
  adapter: DnsAdapter,
  changes: readonly ZoneChange[],
  options: CallOptions,
): Promise<(change: ZoneChange) => RecordSet[]> {
  const groups = [...Map.groupBy(changes, (change) => change.zone.id)]
  const live = new Map<string, Map<string, RecordSet[]>>()
  for (const [id, group] of groups) {
    const zone = (group[0] as ZoneChange).zone
    const names = group.map((change) => change.name)
    live.set(
      id,
      Map.groupBy(await adapter.read(zone, names, options), (set) => set.name),
    )
  }
  return (change) => live.get(change.zone.id)?.get(change.name) ?? []
}

/** Fails with {@link ZoneChangedError} unless every name still holds `before`. */
export async function requireUnchanged(
  adapter: DnsAdapter,
  changes: readonly ZoneChange[],
  fix: string,
  options: CallOptions,
): Promise<void> {
  const live = await readLive(adapter, changes, options)
  const changed = changes.filter((change) => !matchesAll(change.before, live(change)))
  if (changed.length === 0) return
  const mismatches = changed.map((change) => ({ name: change.name, found: live(change), expected: change.before }))
  throw new ZoneChangedError('The zone is not what it was.', mismatches, fix)
}

const unclear = new Set(['timed-out', 'unavailable', 'bad-answer'])

/** Whether the request may have reached the service although no usable answer came back. */
function isUnclear(error: unknown): boolean {
  return error instanceof DnsServiceError && unclear.has(error.kind) && !isNeverSent(error)
}

const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Whether no connection to the service came about: then nothing was asked of it. */
function isNeverSent(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    if (neverSent.has(String((at as NodeJS.ErrnoException).code))) return true
  }
  return false
}

/** Waits until the service shows the step. Answers what is missing when it does not in time. */
async function readBack(
  adapter: DnsAdapter,
  zone: HostedZone,
  step: readonly NameChange[],
  timeout: number,
): Promise<unknown> {
  const deadline = performance.now() + timeout
  const names = step.map((change) => change.name)
  const ignoreTtl = !adapter.abilities.supportsTtl
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    let problem: unknown
    try {
      const sets = Map.groupBy(
        await adapter.read(zone, names, { signal: AbortSignal.timeout(timeout + 30_000) }),
        (set) => set.name,
      )
      const missing = step.filter((change) => !matchesAll(change.after, sets.get(change.name) ?? [], { ignoreTtl }))
      if (missing.length === 0) return undefined
      problem = new ReadBackError(
        missing.map(({ name, after }) => ({ name, found: sets.get(name) ?? [], expected: after })),
      )
    } catch (error) {
      if (!(error instanceof DnsServiceError)) throw error
      problem = error
    }
    if (performance.now() + pause > deadline) return problem
    await sleep(pause)
  }
}
