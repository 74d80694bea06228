import { comfortableTxtLength } from '../text/txt.ts'
import { isPlainMailto } from '../uri/plain-mailto.ts'
import { inCanonicalOrder, type WritableDmarcTags } from './canonical-order.ts'
import type { DmarcTags } from './tags.ts'

const begin = 'v=DMARC1;'
const space = 0x20

/** What an ordinary value comes to; undefined for one that needs a closer look. */
type ReadValue = (text: string) => string | number | readonly string[] | undefined

const oneOf =
  (...words: readonly string[]): ReadValue =>
  (text) =>
    words.find((word) => word === text)
const matching =
  (pattern: RegExp): ReadValue =>
  (text) =>
    pattern.test(text) ? Number(text) : undefined
const policy = oneOf('none', 'quarantine', 'reject')
const alignment = oneOf('r', 's')

/** Known tags in canonical order, which `readers.get(name).order` counts. */
const readers = new Map(
  (
    [
      ['p', policy],
      ['sp', policy],
      ['np', policy],
      ['adkim', alignment],
      ['aspf', alignment],
      ['fo', oneOf('0', '1', 'd', 's', '1:d', '1:s', 'd:s', '1:d:s')],
      ['rua', addresses],
      ['ruf', addresses],
      ['t', oneOf('y', 'n')],
      ['pct', matching(/^(?:100|[1-9]?\d)$/)],
      ['rf', oneOf('afrf')],
      ['ri', matching(/^\d{1,9}$/)],
    ] as const
  ).map(([name, read], order) => [name as string, { name, order, read }] as const),
)

/**
 * Reads the records that nearly every domain has, in one pass and without positions: lower-case tags of the standards, each
 * once, with values that are right, and plain `mailto:` addresses. Undefined for everything else, which is read in full;
 * where both answer, they answer the same.
 */
export function readOrdinaryDmarc(text: string): DmarcTags | undefined {
  const length = text.length
  if (length > comfortableTxtLength || !text.startsWith(begin)) return undefined
  const tags: WritableDmarcTags = { v: 'DMARC1' }
  let last = -1
  let ordered = true
  for (let from = begin.length; from < length; ) {
    while (text.charCodeAt(from) === space) from++
    if (from >= length) break
    const semicolon = text.indexOf(';', from)
    let end = semicolon < 0 ? length : semicolon
    while (text.charCodeAt(end - 1) === space) end--
    const equals = text.indexOf('=', from)
    if (equals < 0 || equals >= end) return undefined
    const tag = readers.get(text.slice(from, equals))
    const value = tag?.read(text.slice(equals + 1, end))
    if (!tag || value === undefined || tags[tag.name] !== undefined)
      return undefined
      // What a reader answers is what its tag holds.
    ;(tags as Record<string, unknown>)[tag.name] = value
    ordered &&= tag.order > last
    last = tag.order
    from = semicolon < 0 ? length : semicolon + 1
  }
  if (tags.p === undefined) return undefined
  return ordered ? tags : inCanonicalOrder(tags)
}

/** Different addresses, with at most one space behind a comma. */
function addresses(list: string): readonly string[] | undefined {
  const found: string[] = []
  for (let from = 0; ; ) {
    const comma = list.indexOf(',', from)
    const uri = list.slice(from, comma < 0 ? list.length : comma)
    if (!isPlainMailto(uri) || found.includes(uri)) return undefined
    found.push(uri)
    if (comma < 0) return found
    from = list.charCodeAt(comma + 1) === space ? comma + 2 : comma + 1
  }
}

/** Whether a record that was read so has nothing to warn about; false where only the full reading knows. */
export function isBeyondAdvice(text: string, tags: DmarcTags): boolean {
  const { p, sp = p, np = sp, fo, rua, ruf, t, pct, rf, ri } = tags
  const plain = np === sp && sp === p && t !== 'y' && pct === undefined && rf === undefined && ri === undefined
  const few = rua !== undefined && rua.length <= 2 && (ruf === undefined || ruf.length <= 2)
  // RFC 7489 readers expect `p` straight after the version.
  return plain && few && (fo === undefined || ruf !== undefined) && /^v=DMARC1; *p=/.test(text)
}
