import { matchesSet } from './record-sets.ts'
import type { RecordSet } from './types.ts'
import type { ZoneChange } from './write-names.ts'

/** Whether everything at the name came from before the change or from the change itself: a crash leaves such mixtures. */
export function isOurs(change: Pick<ZoneChange, 'before' | 'after'>, live: readonly RecordSet[]): boolean {
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
