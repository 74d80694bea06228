import { setTimeout as sleep } from 'node:timers/promises'
import { DnsServiceError, ReadBackError, ZoneChangedError } from './errors.ts'
import { matchesAll } from './record-sets.ts'
import type { CallOptions, DnsAdapter, HostedZone, NameChange, RecordSet } from './types.ts'

export interface ZoneChange extends NameChange {
  zone: HostedZone
}

export interface WriteOptions extends CallOptions {
  /** How long the service may take to show what it accepted, milliseconds. Default 10,000. */
  readBackTimeout?: number
  onWritten?: (change: ZoneChange) => void
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

/** Writes one step and waits until the service shows it. */
export async function writeStep(
  adapter: DnsAdapter,
  step: readonly ZoneChange[],
  { signal, readBackTimeout = 10_000, onWritten }: WriteOptions,
): Promise<void> {
  const zone = step[0]?.zone
  if (!zone) return
  let refusal: unknown
  try {
    await adapter.write(zone, step, { signal })
  } catch (error) {
    // A lost answer says nothing about the change: what is there now decides.
    if (!isUnclear(error)) throw error
    refusal = error
  }
  await readBack(adapter, zone, step, refusal ? Math.min(readBackTimeout, 2000) : readBackTimeout, signal, refusal)
  for (const change of step) onWritten?.(change)
}

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
const isUnclear = (error: unknown) => error instanceof DnsServiceError && unclear.has(error.kind)

async function readBack(
  adapter: DnsAdapter,
  zone: HostedZone,
  step: readonly NameChange[],
  timeout: number,
  signal: AbortSignal | undefined,
  refusal: unknown,
): Promise<void> {
  const deadline = performance.now() + timeout
  const names = step.map((change) => change.name)
  const ignoreTtl = !adapter.abilities.supportsTtl
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    const sets = Map.groupBy(await adapter.read(zone, names, { signal }), (set) => set.name)
    const missing = step.filter((change) => !matchesAll(change.after, sets.get(change.name) ?? [], { ignoreTtl }))
    if (missing.length === 0) return
    if (performance.now() + pause > deadline) {
      if (refusal) throw refusal
      throw new ReadBackError(
        missing.map(({ name, after }) => ({ name, found: sets.get(name) ?? [], expected: after })),
      )
    }
    await sleep(pause, undefined, { signal })
  }
}
