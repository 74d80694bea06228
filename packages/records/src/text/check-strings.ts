import type { Findings } from '../finding.ts'
import type { TxtValue } from '../parsed.ts'
import { comfortableTxtLength, longestTxtString, utf8Length } from './txt.ts'

/** What the DNS itself says about a TXT value: strings that cannot exist, and a length that causes problems. */
export function checkStrings(value: TxtValue, text: string, findings: Findings): void {
  let start = 0
  for (const part of typeof value === 'string' ? [] : value) {
    let bytes = 0
    for (const character of part) bytes += utf8Length(character)
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
}
