import type { Finding } from './finding.ts'

/** The values of one TXT record: one text, or its character-strings in order. */
export type TxtValue = string | readonly string[]

/** What every parser of this package returns. Parsers never throw, whatever they are given. */
export interface ParsedRecord<Tags, Outcome extends string = 'policy' | 'ignored'> {
  /** True when there is nothing to correct: no errors. There may be warnings. */
  readonly ok: boolean
  /** What was read; several character-strings are joined with nothing between. */
  readonly text: string
  /** The values that could be understood, in canonical form. A value with an error is absent. */
  readonly tags: Tags
  /** What a receiver makes of it. */
  readonly outcome: Outcome
  /** What must be corrected, in the order of the text. */
  readonly errors: readonly Finding[]
  /** What to know, in the order of the text. */
  readonly warnings: readonly Finding[]
}
