import { type Finding, Findings } from '../finding.ts'
import type { ParsedRecord, TxtValue } from '../parsed.ts'
import { checkStrings } from '../text/check-strings.ts'
import type { TagText } from '../text/tag-list.ts'
import { joinTxt, longestTxtString } from '../text/txt.ts'
import { readVersion } from '../text/version.ts'
import { adviseOnDmarc } from './advise.ts'
import { inCanonicalOrder, type WritableDmarcTags } from './canonical-order.ts'
import { dmarcForRfc7489, dmarcOutcome, effectiveDmarc } from './effective.ts'
import { isBeyondAdvice, readOrdinaryDmarc } from './ordinary.ts'
import { type ReportSizes, readDmarcTag } from './read-tag.ts'
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

/** The `v` tag of DMARC: the letter in either case, space around `=` allowed, the word exact (RFC 9989 4.8). */
export const dmarcVersion = { word: 'DMARC1', lenientName: true } as const

const nothing: readonly Finding[] = Object.freeze([])

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
  const tags = typeof value === 'string' || value.every(fitsOneString) ? readOrdinaryDmarc(text) : undefined
  if (!tags) return readDmarc(value)
  const parsed = {
    ok: true,
    text,
    tags,
    outcome: 'policy' as const,
    effective: effectiveDmarc(tags, 'policy'),
    rfc7489: dmarcForRfc7489(tags, noFault),
    errors: nothing,
    warnings: nothing,
  }
  return isBeyondAdvice(text, tags) ? parsed : warnLater(parsed)
}

/** Of ASCII, as ordinary records are. */
const fitsOneString = (part: string): boolean => part.length <= longestTxtString

const noFault = { pMissing: false, spInvalid: false, npInvalid: false }

/** Warnings with their positions and messages are made when somebody looks. */
function warnLater(parsed: ParsedDmarc): ParsedDmarc {
  let warnings: readonly Finding[] | undefined
  return Object.defineProperty(parsed, 'warnings', {
    enumerable: true,
    get: () => {
      warnings ??= readDmarc(parsed.text).warnings
      return warnings
    },
  })
}

/** The full reading, with everything a person should know. */
export function readDmarc(value: TxtValue): ParsedDmarc {
  const text = joinTxt(value)
  const findings = new Findings()
  checkStrings(value, text, findings)
  const pieces = readVersion(text, dmarcVersion, findings)
  if (!pieces) {
    const nothing = { outcome: 'ignored', effective: null } as const
    return {
      ok: false,
      text,
      tags: {},
      ...nothing,
      rfc7489: nothing,
      errors: findings.errors,
      warnings: findings.warnings,
    }
  }

  const read: WritableDmarcTags = { v: 'DMARC1' }
  const { places, duplicates } = distinctTags(pieces, findings)
  const sizes: ReportSizes = {}
  for (const [name, piece] of places) if (name !== 'v') readDmarcTag(name, piece, read, sizes, findings)
  const tags = inCanonicalOrder(read)

  const state = {
    pMissing: !places.has('p'),
    spInvalid: places.has('sp') && tags.sp === undefined,
    npInvalid: places.has('np') && tags.np === undefined,
  }
  // RFC 6376 3.2, adopted by RFC 9989 4.7: a list with a tag twice is no tag-list at all.
  const outcome = duplicates ? 'ignored' : dmarcOutcome(tags, state)
  const effective = effectiveDmarc(tags, outcome)
  adviseOnDmarc({ text, tags, places, pieces, state, outcome }, findings)
  const errors = findings.errors
  return {
    ok: errors.length === 0,
    text,
    tags,
    outcome,
    effective,
    rfc7489: duplicates ? { outcome: 'ignored', effective: null } : dmarcForRfc7489(tags, state),
    ...(sizes.rua || sizes.ruf ? { sizes } : {}),
    errors,
    warnings: findings.warnings,
  }
}

/** Lists well-formed tags by lower-case name, reports the rest; of a repeated tag the first is kept for display. */
function distinctTags(pieces: readonly TagText[], findings: Findings) {
  const places = new Map<string, TagText>()
  let duplicates = false
  for (const piece of pieces) {
    if (piece.text === '') {
      const wrong = 'There is nothing before this semicolon'
      findings.add('separator-doubled', piece, { wrong, expected: 'one semicolon between tags', next: 'Remove one.' })
      continue
    }
    if (piece.value === undefined || !/^[a-z]+$/i.test(piece.name)) {
      const parts = {
        wrong: 'This is not a tag',
        found: piece.text,
        expected: 'name=value with a name of letters',
        next: 'Remove it or write it so.',
      }
      findings.add('tag-malformed', piece, parts)
      continue
    }
    const name = piece.name.toLowerCase()
    if (name !== piece.name) {
      const parts = {
        wrong: 'The tag name is not in lower case',
        found: piece.name,
        expected: name,
        next: `Write ${name}: some readers compare exactly.`,
      }
      findings.add('tag-name-case', piece.namePlace, parts, name)
    }
    if (places.has(name)) {
      duplicates = true
      const parts = {
        wrong: `The tag ${name} appears twice`,
        found: piece.text,
        expected: 'each tag once',
        next: 'Remove one: strict readers ignore the whole record.',
      }
      findings.add('tag-duplicate', piece, parts, name)
      continue
    }
    places.set(name, piece)
  }
  return { places, duplicates }
}
