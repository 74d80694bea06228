import type { Findings } from '../finding.ts'
import type { TagText } from './tag-list.ts'

/** The TXT grammar MTA-STS and TLS-RPT share: a version, then `; name=value` fields (RFC 8461 3.1, RFC 8460 3). */
export interface FieldRules {
  /** The one field the standard names; case counts. */
  readonly known: string
}

/**
 * Lists the fields after the version. Of a repeated field the first counts. A field no standard names is reported and
 * skipped, as an extension.
 */
export function readFields(
  text: string,
  pieces: readonly TagText[],
  rules: FieldRules,
  findings: Findings,
): Map<string, TagText> {
  const fields = new Map<string, TagText>()
  const [version] = pieces
  const semicolon = text.indexOf(';')
  if (version && semicolon > version.end) {
    const parts = {
      wrong: 'There is space before the first semicolon',
      found: text.slice(0, semicolon + 1),
      expected: `${version.text};`,
      next: 'Remove it: some senders look for the exact beginning.',
    }
    findings.add('separator-spaced', { start: version.end, end: semicolon }, parts)
  }
  for (const piece of pieces.slice(1)) {
    if (!isField(piece, piece.name === rules.known)) {
      const parts = {
        wrong: 'This is not a field',
        ...(piece.text ? { found: piece.text } : {}),
        expected: 'name=value without spaces around =',
        next: 'Correct or remove it: senders ignore the whole record.',
      }
      findings.add('tag-malformed', piece, parts, piece.name)
      continue
    }
    if (fields.has(piece.name)) {
      const parts = {
        wrong: `The field ${piece.name} appears again`,
        found: piece.text,
        expected: 'each field once',
        next: 'Remove it: only the first counts.',
      }
      findings.add('field-repeated', piece, parts, piece.name)
      continue
    }
    fields.set(piece.name, piece)
    if (piece.name !== rules.known) reportUnknown(piece, rules.known, findings)
  }
  return fields
}

function reportUnknown(piece: TagText, known: string, findings: Findings): void {
  if (piece.name.toLowerCase() === known) {
    const parts = {
      wrong: 'The field name has the wrong case',
      found: piece.name,
      expected: known,
      next: `Write ${known}.`,
    }
    findings.add('field-case', piece.namePlace, parts, piece.name)
  } else {
    const parts = {
      wrong: `No standard names the field ${piece.name}`,
      found: piece.text,
      expected: `${known}=...`,
      next: 'Remove it unless a sender asked for it: others ignore it.',
    }
    findings.add('field-unknown', piece, parts, piece.name)
  }
}

/** The known field's value is judged by its own rules; extensions follow `sts-extension` (no space, `=` or `;` inside). */
function isField(piece: TagText, known: boolean): boolean {
  if (piece.value === undefined || piece.spaced || !/^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/.test(piece.name)) return false
  return known || /^[\u0021-\u003a\u003c\u003e-\u007e]+$/.test(piece.value)
}
