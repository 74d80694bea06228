import type { Findings, Place } from '../finding.ts'
import { trim } from '../text/tag-list.ts'

/** One `name: value` line of a policy file. */
export interface PolicyLine extends Place {
  readonly name: string
  readonly value: string
  readonly valuePlace: Place
}

const knownFields = ['version', 'mode', 'mx', 'max_age']

/** Cuts a policy file into its lines (RFC 8461 3.2), each faulty, repeated or unknown one reported. */
export function scanPolicyLines(text: string, findings: Findings): PolicyLine[] {
  const lines: PolicyLine[] = []
  const seen = new Set<string>()
  for (const place of linePlaces(text)) {
    const line = readLine(text, place, findings)
    if (line === undefined) continue
    lines.push(line)
    const found = text.slice(place.start, place.end)
    if (!knownFields.includes(line.name)) reportUnknown(line, found, findings)
    else if (line.name !== 'mx' && seen.has(line.name)) {
      const parts = {
        wrong: `The field ${line.name} appears again`,
        found,
        expected: 'each field but mx once',
        next: 'Remove it: only the first counts.',
      }
      findings.add('field-repeated', place, parts, line.name)
    }
    seen.add(line.name)
  }
  return lines
}

function* linePlaces(text: string): Generator<Place> {
  let start = 0
  while (start < text.length) {
    const feed = text.indexOf('\n', start)
    const stop = feed === -1 ? text.length : feed
    const end = feed > start && text[feed - 1] === '\r' ? feed - 1 : stop
    yield { start, end }
    start = stop + 1
  }
}

function readLine(text: string, place: Place, findings: Findings): PolicyLine | undefined {
  const line = text.slice(place.start, place.end)
  if (/^[ \t]*$/.test(line)) {
    const parts = { wrong: 'The line is blank', expected: 'name: value', next: 'Remove it.' }
    findings.add('line-blank', place, parts)
    return undefined
  }
  // Extension values may hold UTF-8; control characters never (RFC 8461 3.2 sts-policy-vchar).
  const name = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,31}):/.exec(line)?.[1]
  const value = name === undefined ? place : trim(text, place.start + name.length + 1, place.end)
  const content = text.slice(value.start, value.end)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (name === undefined || content === '' || /[\u0000-\u001f\u007f]/.test(content)) {
    const next = line.startsWith('\ufeff')
      ? 'Save the file without a byte order mark.'
      : 'Correct or remove it: senders refuse the file.'
    const parts = { wrong: 'This line is not a field', found: line, expected: 'name: value', next }
    findings.add('line-malformed', place, parts)
    return undefined
  }
  return { ...place, name, value: content, valuePlace: value }
}

function reportUnknown(line: PolicyLine, found: string, findings: Findings): void {
  const known = knownFields.find((field) => field === line.name.toLowerCase())
  if (known) {
    const parts = {
      wrong: 'The field name has the wrong case',
      found: line.name,
      expected: known,
      next: `Write ${known}.`,
    }
    findings.add('field-case', line, parts, line.name)
    return
  }
  const parts = {
    wrong: `No standard names the field ${line.name}`,
    found,
    expected: knownFields.join(', '),
    next: 'Remove it: senders ignore it.',
  }
  findings.add('field-unknown', line, parts, line.name)
}
