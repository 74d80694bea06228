import { type Findings, notText } from '../finding.ts'
import type { TxtValue } from '../parsed.ts'
import { comfortableTxtLength, longestTxtString, utf8Length } from './txt.ts'

/** Whether a value is text at all, as code without types cannot promise. */
function isTxtValue(value: unknown): value is TxtValue {
  return typeof value === 'string' || (Array.isArray(value) && value.every((part) => typeof part === 'string'))
}

/** What a look-up of TXT values answered. Throws a TypeError where it is no list of them: that is no evidence of an empty one. */
export function checkAnswer(values: readonly TxtValue[], name: string): readonly TxtValue[] {
  const found: unknown = values
  if (Array.isArray(found) && found.every(isTxtValue)) return values
  const words =
    found == null ? String(found) : Array.isArray(found) ? 'a list with something else in it' : `a ${typeof found}`
  throw new TypeError(
    `The look-up of ${name} answered ${words}, expected a list of TXT values. Answer an empty list where there is none, and reject where the DNS could not be asked.`,
  )
}

/** Whether the DNS can hold the value: a text, or character-strings of at most 255 bytes. */
export function fitsStrings(value: TxtValue): boolean {
  if (typeof value === 'string') return true
  return isTxtValue(value) && value.every((part) => bytesOf(part) <= longestTxtString)
}

function bytesOf(part: string): number {
  let bytes = 0
  for (const character of part) bytes += utf8Length(character)
  return bytes
}

/**
 * What the DNS itself says about a TXT value: strings that cannot exist, and a length that causes problems. False where the
 * value is no text, so that nothing more can be said of it.
 */
export function checkStrings(value: TxtValue, text: string, findings: Findings): boolean {
  if (!isTxtValue(value)) {
    findings.take(notText(value, 'the text of a TXT record, or its character-strings'))
    return false
  }
  let start = 0
  for (const part of typeof value === 'string' ? [] : value) {
    const bytes = bytesOf(part)
    const place = { start, end: start + part.length }
    start = place.end
    if (bytes <= longestTxtString) continue
    const parts = {
      wrong: `A character-string has ${bytes} bytes`,
      found: part,
      expected: 'at most 255 bytes',
      next: 'Split it; readers join the strings.',
    }
    findings.add('string-long', place, parts)
  }
  if (text.length > comfortableTxtLength) {
    const expected = `at most ${comfortableTxtLength} characters`
    const next = 'Shorten it if you can: long answers fall back to TCP, which some networks block.'
    findings.add(
      'record-long',
      { start: comfortableTxtLength, end: text.length },
      { wrong: `The value has ${text.length} characters`, found: text, expected, next },
    )
  }
  return true
}
