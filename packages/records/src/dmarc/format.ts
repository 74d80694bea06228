import { type Finding, finding } from '../finding.ts'
import { RecordError } from '../record-error.ts'
import { canonicalListUri } from '../uri/list-uri.ts'
import { normaliseFailureOptions } from './failure-options.ts'
import { parseDmarc } from './parse.ts'
import { type DmarcTags, dmarcTagOrder } from './tags.ts'

/** Options of `formatDmarc`. */
export interface FormatDmarcOptions {
  /**
   * `omit` (default) leaves out tags that say only their constant default (`adkim=r`, `fo=0`, `t=n`, `pct=100`...), so that
   * records that mean the same read the same; `keep` writes every tag given. `sp` and `np` are always kept.
   */
  readonly defaults?: 'omit' | 'keep'
}

/** The value that a tag of a DMARC record has where it is left out (RFC 9989 section 4.7, RFC 7489 section 6.3). */
export const dmarcTagDefaults: Readonly<Record<string, string>> = {
  adkim: 'r',
  aspf: 'r',
  fo: '0',
  t: 'n',
  psd: 'u',
  pct: '100',
  rf: 'afrf',
  ri: '86400',
}

/**
 * Writes the one canonical text: fixed order, `"; "` between tags, `","` between addresses, words in lower case, no final
 * semicolon, no sizes, `,` `!` `;` in addresses encoded, international hosts as A-labels.
 * Throws RecordError when the tags make a record that must not be published; its `findings` say why.
 *
 * @example
 * formatDmarc({ p: 'reject', rua: ['mailto:dmarc@example.com'] }) // v=DMARC1; p=reject; rua=mailto:dmarc@example.com
 */
export function formatDmarc(tags: DmarcTags, options: FormatDmarcOptions = {}): string {
  const written = ['v=DMARC1']
  for (const name of dmarcTagOrder) {
    const value = name === 'v' ? undefined : valueText(name, tags)
    if (value === undefined) continue
    if (options.defaults !== 'keep' && dmarcTagDefaults[name] === value) continue
    written.push(`${name}=${value}`)
  }
  for (const { name, value } of tags.other ?? []) written.push(`${name.toLowerCase()}=${value}`)
  const text = written.join('; ')
  const smuggled = written.filter((tag) => tag.includes(';')).map(semicolonFinding)
  const errors = [...smuggled, ...parseDmarc(text).errors]
  if (errors.length > 0) throw new RecordError('This DMARC record must not be published.', errors)
  return text
}

function valueText(name: Exclude<(typeof dmarcTagOrder)[number], 'v'>, tags: DmarcTags): string | undefined {
  const value = tags[name]
  if (value === undefined) return undefined
  if (name === 'rua' || name === 'ruf') {
    const list = tags[name] ?? []
    return list.length === 0 ? undefined : [...new Set(list.map(canonicalListUri))].join(',')
  }
  const word = String(value).toLowerCase()
  return name === 'fo' ? (normaliseFailureOptions(word) ?? word) : word
}

/** A semicolon inside a value would end the tag and begin another one. */
function semicolonFinding(tag: string): Finding {
  const at = tag.indexOf(';')
  const parts = {
    wrong: 'A value has a semicolon',
    found: tag,
    expected: 'a value without one',
    next: 'Give each tag by itself.',
  }
  return finding('tag-characters', { start: at, end: at + 1 }, parts)
}
