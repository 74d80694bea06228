import { canonicalName } from '../wire/names.ts'
import type { Json, RecordSet } from './types.ts'

// Types whose data is one name, compared without case (RFC 4343).
const nameTypes = new Set(['CNAME', 'NS', 'PTR', 'DNAME'])

/** The text by which two values of a type are compared. */
export function comparableValue(type: string, value: string): string {
  return nameTypes.has(type) ? canonicalName(value) : value
}

/** Whether `found` is `wanted`. What a service keeps beside the data counts only where `wanted` names it. */
export function matchesSet(wanted: RecordSet, found: RecordSet, options: { ignoreTtl?: boolean } = {}): boolean {
  if (wanted.name !== found.name || wanted.type !== found.type) return false
  if (!options.ignoreTtl && wanted.ttl !== found.ttl) return false
  if ((wanted.proxied ?? false) !== (found.proxied ?? false)) return false
  if (wanted.native !== undefined && stableJson(wanted.native) !== stableJson(found.native ?? null)) return false
  const ours = wanted.values.map((value) => comparableValue(wanted.type, value)).sort()
  const theirs = found.values.map((value) => comparableValue(found.type, value)).sort()
  return ours.length === theirs.length && ours.every((value, index) => value === theirs[index])
}

/** Whether the same sets stand on both sides, in any order. */
export function matchesAll(
  wanted: readonly RecordSet[],
  found: readonly RecordSet[],
  options: { ignoreTtl?: boolean } = {},
): boolean {
  if (wanted.length !== found.length) return false
  const left = [...found]
  for (const set of wanted) {
    const index = left.findIndex((other) => matchesSet(set, other, options))
    if (index < 0) return false
    left.splice(index, 1)
  }
  return true
}

/** `v=spf1 -all` in a TXT as a person reads it: one line, type first. */
export function describeSets(sets: readonly RecordSet[]): string {
  if (sets.length === 0) return 'nothing'
  return sets.flatMap((set) => set.values.map((value) => `${set.type} ${value}`)).join(', ')
}

/** JSON with sorted keys, so that equal data gives equal text. */
function stableJson(value: Json): string {
  return JSON.stringify(value, (_, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  )
}
