import type { Finding } from '../finding.ts'
import { defineLate } from '../late-property.ts'
import type { ParsedRecord, TxtValue } from '../parsed.ts'
import { fitsStrings } from '../text/check-strings.ts'
import { joinTxt, largestTxt } from '../text/txt.ts'
import { dmarcForRfc7489, dmarcOutcome, effectiveDmarc } from './effective.ts'
import { dmarcFindings } from './findings.ts'
import { beginsWithVersion, readDmarcValues } from './read-values.ts'
import type { DmarcEffective, DmarcForRfc7489, DmarcOutcome, DmarcTags } from './tags.ts'

/** A DMARC record as it was read. */
export interface ParsedDmarc extends ParsedRecord<DmarcTags, DmarcOutcome> {
  /** What holds for a receiver after all defaults; null where the record is ignored. */
  readonly effective: DmarcEffective | null
  /** What the many receivers that still follow RFC 7489 make of it. */
  readonly rfc7489: DmarcForRfc7489
  /**
   * Obsolete size limits of report addresses, by canonical URI: `{ rua: { 'mailto:a@example.org': '10m' } }`. Absent where none
   * is given. Receivers ignore them (RFC 9989 4.8), and `formatDmarc` writes none.
   */
  readonly sizes?: { readonly [Tag in 'rua' | 'ruf']?: Readonly<Record<string, string>> }
}

const none: readonly Finding[] = Object.freeze([])

/**
 * Reads a DMARC record by RFC 9989 and warns where a reader of RFC 7489 would act differently. An array is one record's
 * character-strings; for several TXT values at a name use `selectDmarc`. Never throws.
 *
 * @example
 * const record = parseDmarc('v=DMARC1; p=reject; rua=mailto:dmarc@example.com')
 * record.effective?.applied.p // reject
 */
export function parseDmarc(value: TxtValue): ParsedDmarc {
  const text = joinTxt(value)
  const values = text.length <= largestTxt && beginsWithVersion(text) ? readDmarcValues(text) : null
  if (!values) return withFindings({ ok: false, text, tags: {}, ...ignored, rfc7489: ignored }, value)
  const { tags, state, sizes, duplicates, faulty, plain } = values
  // RFC 6376 3.2, adopted by RFC 9989 4.7: a list with a tag twice is no tag-list at all.
  const outcome = duplicates ? 'ignored' : dmarcOutcome(tags, state)
  const effective = effectiveDmarc(tags, outcome)
  const rfc7489 = duplicates ? ignored : dmarcForRfc7489(tags, state)
  const fits = typeof value === 'string' || fitsStrings(value)
  if (faulty || !fits) {
    const parsed = withFindings({ ok: false, text, tags, outcome, effective, rfc7489 }, fits ? text : value)
    return sizes ? withSizes(parsed) : parsed
  }
  if (plain) return { ok: true, text, tags, outcome, effective, rfc7489, errors: none, warnings: none }
  const parsed = { ok: true, text, tags, outcome, effective, rfc7489, errors: none }
  defineLate(parsed, 'warnings', lateWarnings)
  return sizes ? withSizes(parsed) : (parsed as unknown as ParsedDmarc)
}

const ignored = { outcome: 'ignored', effective: null } as const

/** Findings, with their positions and messages, are made when somebody looks. `value` is what they are about. */
function withFindings(read: Omit<ParsedDmarc, 'errors' | 'warnings'>, value: TxtValue): ParsedDmarc {
  if (value !== read.text) given.set(read, value)
  defineLate(read, 'errors', lateErrors)
  return defineLate(read, 'warnings', lateWarnings) as ParsedDmarc
}

const withSizes = (read: object): ParsedDmarc => defineLate(read, 'sizes', lateSizes) as ParsedDmarc

/** Values that are no text, or whose strings matter. */
const given = new WeakMap<object, TxtValue>()
const looked = new WeakMap<object, Pick<ParsedDmarc, 'errors' | 'warnings'>>()

function findingsOf(parsed: ParsedDmarc): Pick<ParsedDmarc, 'errors' | 'warnings'> {
  const known = looked.get(parsed)
  if (known) return known
  const value = given.has(parsed) ? (given.get(parsed) as TxtValue) : parsed.text
  const { errors, warnings } = dmarcFindings(value)
  const findings = { errors, warnings }
  looked.set(parsed, findings)
  return findings
}

function lateErrors(this: ParsedDmarc): readonly Finding[] {
  return findingsOf(this).errors
}

function lateWarnings(this: ParsedDmarc): readonly Finding[] {
  return findingsOf(this).warnings
}

function lateSizes(this: ParsedDmarc): ParsedDmarc['sizes'] {
  const { rua, ruf } = readDmarcValues(this.text).sizes ?? {}
  return { ...(rua ? { rua: Object.fromEntries(rua) } : {}), ...(ruf ? { ruf: Object.fromEntries(ruf) } : {}) }
}
