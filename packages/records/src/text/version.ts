import type { Findings } from '../finding.ts'
import { scanTagList, type TagText } from './tag-list.ts'
import { largestTxt } from './txt.ts'

/** A record's first tag, as each standard spells it. */
export interface VersionRule {
  /** `DMARC1`, `STSv1`, `TLSRPTv1`; case counts in all three. */
  readonly word: string
  /** DMARC allows `V` and space around `=`; MTA-STS and TLS-RPT want `v=` exactly. */
  readonly lenientName: boolean
}

/** Records that people publish next to ours, by their version. */
const kinds = [
  { word: 'spf1', name: 'SPF', article: 'an', where: 'at the mail domain itself' },
  { word: 'DKIM1', name: 'DKIM', article: 'a', where: 'at <selector>._domainkey of the domain' },
  { word: 'BIMI1', name: 'BIMI', article: 'a', where: 'at default._bimi of the domain' },
  { word: 'DMARC1', name: 'DMARC', article: 'a', where: 'at _dmarc of the domain' },
  { word: 'STSv1', name: 'MTA-STS', article: 'an', where: 'at _mta-sts of the domain' },
  { word: 'TLSRPTv1', name: 'TLS-RPT', article: 'a', where: 'at _smtp._tls of the domain' },
] as const

/** Another kind of record that a text is; undefined for a text of the wanted kind, well or badly spelled, and for anything else. */
function otherKind(text: string, wanted: string) {
  const version = /^\s*v\s*=\s*([a-z0-9]+)/i.exec(text)?.[1]?.toLowerCase()
  const kind = kinds.find((one) => one.word.toLowerCase() === version && one.word !== wanted)
  return kind && { ...kind, next: `Publish it ${kind.where}, and enter the record of this name here.` }
}

const between = '[^a-z0-9]*'

/**
 * Whether a text seems to be meant as a record with this version, in another spelling: `"v=dmarc1`, `v=DMARC 1`, `v=DMARC2`,
 * `DMARC1; p=none`, `p=none; v=DMARC1`. A text that only has the word somewhere, such as a verification of another service or
 * an SPF record that includes a host called so, is not.
 */
export function resemblesVersion(text: string, word: string): boolean {
  if (otherKind(text, word)) return false
  const start = text.slice(0, 1024)
  const letters = [...word.replace(/v?\d*$/, '')].join(between)
  const whole = [...word].join(between)
  return new RegExp(
    `^${between}v${between}${letters}v?(?![a-z])|^${between}${whole}(?![a-z0-9])|;\\s*v\\s*=\\s*${word}\\s*(?:;|$)`,
    'i',
  ).test(start)
}

/**
 * Returns the pieces of a record of this kind, the version first; or reports, once, the most telling reason why the
 * text is none.
 */
export function readVersion(text: string, rule: VersionRule, findings: Findings): TagText[] | undefined {
  const wanted = `v=${rule.word}`
  if (text.length > largestTxt) {
    const parts = {
      wrong: `The text has ${text.length} characters`,
      found: text,
      expected: `at most ${largestTxt}, the most a TXT record can hold`,
      next: 'Check what was entered.',
    }
    findings.add('record-large', { start: largestTxt, end: text.length }, parts)
    return undefined
  }
  const pieces = scanTagList(text)
  const first = pieces[0]
  const whole = { start: 0, end: text.length }
  if (first === undefined || text.trim() === '') {
    findings.add('record-empty', whole, {
      wrong: 'The record is empty',
      expected: `a text that begins with ${wanted}`,
      next: 'Enter the record.',
    })
    return undefined
  }
  const isVersion = (piece: TagText) =>
    rule.lenientName ? piece.name.toLowerCase() === 'v' : piece.name === 'v' && !piece.spaced
  if (isVersion(first) && first.value === rule.word && first.start === 0) return pieces

  const expected = `a record that begins with ${wanted}`
  const other = otherKind(text, rule.word)
  if (other) {
    const parts = { wrong: `This is ${other.article} ${other.name} record`, found: text, expected, next: other.next }
    findings.add('record-other-kind', whole, parts, 'v')
  } else if (/^\s*["'“”]/.test(text)) {
    const next = 'Remove the quotes: zone files need them, value fields do not.'
    findings.add(
      'record-quoted',
      { start: 0, end: 1 },
      { wrong: 'The quotes are part of the value', found: text, expected, next },
    )
  } else if (text.includes('\\')) {
    const at = text.indexOf('\\')
    const next = 'Remove the backslashes: they belong to zone files, not to the value.'
    findings.add(
      'record-backslash',
      { start: at, end: at + 1 },
      { wrong: 'The backslash is part of the value', found: text, expected, next },
    )
  } else if (/^\s/.test(text)) {
    const space = { start: 0, end: text.length - text.trimStart().length }
    findings.add('record-leading-space', space, {
      wrong: 'There is space before the version',
      found: text,
      expected,
      next: 'Remove it.',
    })
  } else if (isVersion(first)) {
    const separator = new RegExp(`^${rule.word}\\s*([^A-Za-z0-9\\s])|^${rule.word}\\s+[a-z]+\\s*=`, 'i').exec(
      first.value ?? '',
    )
    if (separator) {
      const next = `Write ${wanted}; and then the next tag.`
      const parts = {
        wrong: 'The version is not followed by a semicolon',
        found: first.text,
        expected: `${wanted};`,
        next,
      }
      findings.add('separator-wrong', first.valuePlace, parts, 'v')
    } else {
      const parts = {
        wrong: 'The version is wrong',
        found: first.value || first.text,
        expected: `exactly ${rule.word} (case counts)`,
        next: resemblesVersion(text, rule.word)
          ? `Write ${wanted}.`
          : `Write ${wanted} if this is meant to be such a record.`,
      }
      findings.add('version-wrong', first.valuePlace, parts, 'v')
    }
  } else {
    const later = pieces.find((piece) => piece.name.toLowerCase() === 'v' && piece.value === rule.word)
    if (later && later !== first) {
      const parts = {
        wrong: 'The version is not first',
        found: first.text,
        expected,
        next: `Move ${wanted} to the front.`,
      }
      findings.add('version-not-first', later, parts, 'v')
    } else {
      const parts = {
        wrong: 'The text does not begin with a version',
        found: first.text,
        expected,
        next: `Put ${wanted}; in front, if this is meant to be such a record.`,
      }
      findings.add('version-missing', first, parts, 'v')
    }
  }
  return undefined
}
