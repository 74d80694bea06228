import { type Finding, finding } from '../finding.ts'
import type { TxtValue } from '../parsed.ts'
import { joinTxt } from './txt.ts'
import { resemblesVersion } from './version.ts'

/** What the TXT values at one name come to. */
export interface SelectedRecord<Parsed> {
  /** True when exactly one record of the kind is there and it has no errors. */
  readonly ok: boolean
  /** How many records of the kind are there. */
  readonly found: 'none' | 'one' | 'several'
  /** The one record; null where there is none, or several (receivers then use none of them). */
  readonly record: Parsed | null
  /** `record-missing`, `record-several`, or the errors of the one record. */
  readonly errors: readonly Finding[]
  /** Warnings of the one record. */
  readonly warnings: readonly Finding[]
}

interface Readable {
  readonly ok: boolean
  readonly errors: readonly Finding[]
  readonly warnings: readonly Finding[]
}

/**
 * Picks the record among the TXT values of a name as receivers do: values of other kinds are dropped first, then
 * exactly one must remain (RFC 9989 4.10 step 2, RFC 8461 3.1, RFC 8460 3).
 */
export function selectRecord<Parsed extends Readable>(
  values: readonly TxtValue[],
  kind: {
    readonly name: string
    readonly word: string
    readonly begin: string
    isOne(text: string): boolean
    parse(value: TxtValue): Parsed
  },
): SelectedRecord<Parsed> {
  // Code without types may give anything.
  const list = Array.isArray(values) ? values : []
  const candidates = list.filter((value) => kind.isOne(joinTxt(value)))
  const [only] = candidates
  if (only === undefined) {
    const texts = list.map(joinTxt)
    const nearMiss = texts.find((text) => resemblesVersion(text, kind.word))
    const found = nearMiss ?? texts[0]
    const parts = {
      wrong: `There is no ${kind.name} record among the TXT values`,
      ...(found === undefined ? {} : { found }),
      expected: `one value that begins with ${kind.begin}`,
      next: nearMiss === undefined ? 'Publish one.' : 'Correct this value, which seems to be meant as one.',
    }
    return {
      ok: false,
      found: 'none',
      record: null,
      errors: [finding('record-missing', { start: 0, end: 0 }, parts)],
      warnings: [],
    }
  }
  if (candidates.length > 1) {
    const parts = {
      wrong: `There are ${candidates.length} ${kind.name} records`,
      found: candidates.map(joinTxt).join(' | '),
      expected: 'exactly one',
      next: 'Remove all but one: receivers use none of them.',
    }
    return {
      ok: false,
      found: 'several',
      record: null,
      errors: [finding('record-several', { start: 0, end: 0 }, parts)],
      warnings: [],
    }
  }
  const record = kind.parse(only)
  return { ok: record.ok, found: 'one', record, errors: record.errors, warnings: record.warnings }
}
