import { Findings } from '../finding.ts'
import type { TxtValue } from '../parsed.ts'
import { checkStrings } from '../text/check-strings.ts'
import type { TagText } from '../text/tag-list.ts'
import { joinTxt } from '../text/txt.ts'
import { readVersion } from '../text/version.ts'
import { adviseOnDmarc } from './advise.ts'
import { dmarcOutcome } from './effective.ts'
import { readDmarcValues } from './read-values.ts'
import { reportDmarcTag } from './report-tag.ts'
import { dmarcVersion } from './values.ts'

/** Everything a person should know about a record, with places. */
export function dmarcFindings(value: TxtValue): Findings {
  const text = joinTxt(value)
  const findings = new Findings()
  if (!checkStrings(value, text, findings)) return findings
  const pieces = readVersion(text, dmarcVersion, findings)
  if (!pieces) return findings
  const { tags, state, duplicates } = readDmarcValues(text)
  const places = distinctTags(pieces, findings)
  for (const [name, piece] of places) if (name !== 'v') reportDmarcTag(name, piece, findings)
  const outcome = duplicates ? 'ignored' : dmarcOutcome(tags, state)
  adviseOnDmarc({ text, tags, places, pieces, state, outcome }, findings)
  return findings
}

/** Lists well-formed tags by lower-case name, reports the rest; of a repeated tag the first is kept. */
function distinctTags(pieces: readonly TagText[], findings: Findings): Map<string, TagText> {
  const places = new Map<string, TagText>()
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
  return places
}
