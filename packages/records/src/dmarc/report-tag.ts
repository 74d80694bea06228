import type { FindingCode } from '../catalogue.ts'
import type { FindingParts, Findings } from '../finding.ts'
import type { TagText } from '../text/tag-list.ts'
import { readUriList } from '../uri/uri-list.ts'
import { normaliseFailureOptions } from './failure-options.ts'
import { type DmarcWordTag, dmarcValues, isDmarcTagName, isUnknownValue, swallowedTag } from './values.ts'

/** Reports what is wrong with the value of one tag, or worth knowing about it. */
export function reportDmarcTag(name: string, piece: TagText, findings: Findings): void {
  const value = piece.value ?? ''
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
  if (!isDmarcTagName(name) || name === 'v') {
    reportUnknown(name, piece, findings)
    return
  }
  const swallowed = swallowedTag.exec(value)
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
  if (name === 'rua' || name === 'ruf') reportAddresses(name, piece, findings)
  else if (name === 'pct' || name === 'rf' || name === 'ri') reportHistoric(name, piece, findings)
  else if (dmarcValues[name](value) === undefined) {
    const { code, expected, next } = wrongValues[name](value)
    const parts = { wrong: `The value of ${name} is wrong`, found: value, expected, next }
    findings.add(code, piece.valuePlace, parts, name)
  }
}

type Wrong = (value: string) => Pick<FindingParts, 'expected' | 'next'> & { readonly code: FindingCode }

const policy: Wrong = () => ({
  code: 'policy-invalid',
  expected: 'none, quarantine or reject',
  next: 'Correct it: receivers take the whole record for p=none, or ignore it.',
})
const alignment: Wrong = () => ({
  code: 'alignment-invalid',
  expected: 'r or s',
  next: 'Correct it: receivers use r instead.',
})

const wrongValues: Readonly<Record<Exclude<DmarcWordTag, 'pct' | 'rf' | 'ri'>, Wrong>> = {
  p: policy,
  sp: policy,
  np: policy,
  adkim: alignment,
  aspf: alignment,
  t: () => ({ code: 't-invalid', expected: 'y or n', next: 'Correct it: receivers use n instead.' }),
  psd: () => ({ code: 'psd-invalid', expected: 'y, n or u', next: 'Correct it: receivers use u instead.' }),
  fo: (value) => {
    const normal = normaliseFailureOptions(value)
    return {
      code: 'fo-invalid',
      expected: '0 or 1, d and s, each once, joined by colons without spaces',
      next: normal ? `Write fo=${normal}.` : 'Write fo=1 for most uses.',
    }
  },
}

function reportAddresses(name: 'rua' | 'ruf', piece: TagText, findings: Findings): void {
  // RFC 9990 3.5 ignores a bad URI by itself, so the list is read from the whole text, not refused as one value.
  const list = readUriList(piece, name, findings)
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

function reportHistoric(name: 'pct' | 'rf' | 'ri', piece: TagText, findings: Findings): void {
  const value = piece.value ?? ''
  const parts = {
    wrong: `${name} is a historic tag`,
    found: piece.text,
    expected: 'a record without it',
    next: 'Remove it: RFC 9989 readers ignore it.',
  }
  findings.add('historic-tag', piece, parts, name)
  if (dmarcValues[name](value) === undefined) {
    const expected = { pct: '0 to 100', rf: 'afrf', ri: '0 to 4294967295 seconds' }[name]
    findings.add(
      'historic-value',
      piece.valuePlace,
      { wrong: `The value of ${name} is wrong`, found: value, expected, next: `Remove ${name}.` },
      name,
    )
  }
}

function reportUnknown(name: string, piece: TagText, findings: Findings): void {
  const value = piece.value ?? ''
  if (!isUnknownValue(value)) {
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
}
