import type { FindingCode } from '../catalogue.ts'
import type { Findings } from '../finding.ts'
import type { TagText } from '../text/tag-list.ts'
import { readUriList } from '../uri/uri-list.ts'
import type { WritableDmarcTags } from './canonical-order.ts'
import { isFailureOptions, normaliseFailureOptions } from './failure-options.ts'
import { dmarcTagOrder, isDmarcPolicy } from './tags.ts'

/** Obsolete size limits of report addresses while they are being read: the canonical URI, and the size as written. */
export type ReportSizes = { [Tag in 'rua' | 'ruf']?: Record<string, string> }

/** A known tag inside the value of another: no value of a known tag has a space before a name and `=`. */
const swallowedTag = new RegExp(`[ \\t](${dmarcTagOrder.join('|')})[ \\t]*=`, 'i')

function isDmarcTagName(name: string): boolean {
  return (dmarcTagOrder as readonly string[]).includes(name)
}

/** Reads one tag into `tags` where its value is understood; a faulty value is reported and left out. */
export function readDmarcTag(
  name: string,
  piece: TagText,
  tags: WritableDmarcTags,
  sizes: ReportSizes,
  findings: Findings,
): void {
  const value = piece.value ?? ''
  const word = value.toLowerCase()
  if (value === '') {
    const parts = {
      wrong: `The tag ${name} has no value`,
      expected: 'at least one character after =',
      next: 'Give it a value or remove it.',
    }
    findings.add('tag-empty', piece, parts, name)
    return
  }
  if (value.endsWith('\\')) {
    const at = { start: piece.valuePlace.end - 1, end: piece.valuePlace.end }
    const next = 'Remove the backslash: it belongs to zone files, not to the value.'
    findings.add(
      'record-backslash',
      at,
      { wrong: 'The backslash is part of the value', found: value, expected: 'the bare value', next },
      name,
    )
  }
  const swallowed = isDmarcTagName(name) ? swallowedTag.exec(value) : null
  if (swallowed) {
    const at = piece.valuePlace.start + swallowed.index
    const parts = {
      wrong: `There is no semicolon between ${name} and ${swallowed[1]}`,
      found: piece.text,
      expected: 'a semicolon between tags',
      next: `Put one before ${swallowed[1]}.`,
    }
    findings.add('separator-wrong', { start: at, end: at + 1 }, parts, name)
    return
  }
  const wrong = (code: FindingCode, expected: string, next: string) =>
    findings.add(code, piece.valuePlace, { wrong: `The value of ${name} is wrong`, found: value, expected, next }, name)

  switch (name) {
    case 'p':
    case 'sp':
    case 'np':
      if (isDmarcPolicy(word)) tags[name] = word
      else
        wrong(
          'policy-invalid',
          'none, quarantine or reject',
          'Correct it: receivers take the whole record for p=none, or ignore it.',
        )
      return
    case 'adkim':
    case 'aspf':
      if (word === 'r' || word === 's') tags[name] = word
      else wrong('alignment-invalid', 'r or s', 'Correct it: receivers use r instead.')
      return
    case 't':
      if (word === 'y' || word === 'n') tags.t = word
      else wrong('t-invalid', 'y or n', 'Correct it: receivers use n instead.')
      return
    case 'psd':
      if (word === 'y' || word === 'n' || word === 'u') tags.psd = word
      else wrong('psd-invalid', 'y, n or u', 'Correct it: receivers use u instead.')
      return
    case 'fo': {
      if (isFailureOptions(word)) {
        tags.fo = word
        return
      }
      const normal = normaliseFailureOptions(word)
      wrong(
        'fo-invalid',
        '0 or 1, d and s, each once, joined by colons without spaces',
        normal ? `Write fo=${normal}.` : 'Write fo=1 for most uses.',
      )
      return
    }
    case 'rua':
    case 'ruf':
      readAddresses(name, piece, tags, sizes, findings)
      return
    case 'pct':
    case 'rf':
    case 'ri':
      readHistoric(name, piece, tags, findings)
      return
    default:
      readUnknown(name, piece, tags, findings)
  }
}

function readAddresses(
  name: 'rua' | 'ruf',
  piece: TagText,
  tags: WritableDmarcTags,
  sizes: ReportSizes,
  findings: Findings,
): void {
  // RFC 9990 3.5 ignores a bad URI by itself, so the list is read from the whole text, not refused as one value.
  const list = readUriList(piece, name, findings)
  if (list.length > 0) tags[name] = list.map((one) => one.uri)
  // Built once: a copy for each address would take quadratic time, and anyone's record can have thousands.
  const sized = list.flatMap(({ uri, size }) => (size === undefined ? [] : [[uri, size] as const]))
  if (sized.length > 0) sizes[name] = Object.fromEntries(sized)
  for (const one of list) {
    if (one.scheme === 'mailto') continue
    const parts = {
      wrong: `${name} has an address no report is sent to`,
      found: one.uri,
      expected: 'a mailto: address',
      next: 'Use mailto: reporters support nothing else.',
    }
    findings.add('uri-scheme-unused', piece.valuePlace, parts, name)
  }
  if (list.length > 2) {
    const parts = {
      wrong: `${name} lists ${list.length} addresses`,
      found: piece.value ?? '',
      expected: 'at most two',
      next: 'Keep the two that matter first: RFC 7489 reporters may serve only two.',
    }
    findings.add('uri-many', piece.valuePlace, parts, name)
  }
}

const historicValues = { pct: /^(100|[1-9]?\d)$/, rf: /^afrf(\s*:\s*afrf)*$/i, ri: /^\d{1,10}$/ } as const

function readHistoric(name: 'pct' | 'rf' | 'ri', piece: TagText, tags: WritableDmarcTags, findings: Findings): void {
  const value = piece.value ?? ''
  const parts = {
    wrong: `${name} is a historic tag`,
    found: piece.text,
    expected: 'a record without it',
    next: 'Remove it: RFC 9989 readers ignore it.',
  }
  findings.add('historic-tag', piece, parts, name)
  const fits = historicValues[name].test(value) && (name !== 'ri' || Number(value) <= 0xffffffff)
  if (!fits) {
    const expected = { pct: '0 to 100', rf: 'afrf', ri: '0 to 4294967295 seconds' }[name]
    findings.add(
      'historic-value',
      piece.valuePlace,
      { wrong: `The value of ${name} is wrong`, found: value, expected, next: `Remove ${name}.` },
      name,
    )
  } else if (name === 'rf') tags.rf = 'afrf'
  else tags[name] = Number(value)
}

function readUnknown(name: string, piece: TagText, tags: WritableDmarcTags, findings: Findings): void {
  const value = piece.value ?? ''
  if (/[^\u0020-\u007e]/.test(value)) {
    const parts = {
      wrong: `The value of ${name} has characters a record cannot hold`,
      found: value,
      expected: 'printable ASCII',
      next: 'Remove them.',
    }
    findings.add('tag-characters', piece.valuePlace, parts, name)
    return
  }
  const parts = {
    wrong: `No standard names the tag ${name}`,
    found: piece.text,
    expected: 'a tag of RFC 9989',
    next: 'Check the spelling or remove it: receivers ignore it.',
  }
  findings.add('tag-unknown', piece, parts, name)
  tags.other ??= []
  tags.other.push({ name, value })
}
