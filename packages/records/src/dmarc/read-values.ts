import { beforeSpace, pastSpace } from '../text/tag-list.ts'
import { comfortableTxtLength } from '../text/txt.ts'
import { isPlainMailto } from '../uri/plain-mailto.ts'
import { type ReportUri, readOtherUri } from '../uri/report-uri.ts'
import { inCanonicalOrder, noTags } from './canonical-order.ts'
import type { PolicyState } from './effective.ts'
import type { DmarcTagName, DmarcTags } from './tags.ts'
import { dmarcValues, isUnknownValue, swallowedTag } from './values.ts'

/** Obsolete size limits of report addresses: the canonical URI, and the size as written. */
export type ReportSizes = { [Tag in 'rua' | 'ruf']?: readonly (readonly [string, string])[] }

/** What a record comes to, without positions and messages. */
export interface DmarcValues {
  /** In canonical order; a value with a fault is absent. */
  readonly tags: DmarcTags
  readonly state: PolicyState
  /** Absent where no address has one. */
  readonly sizes: ReportSizes | undefined
  /** A tag appears twice. */
  readonly duplicates: boolean
  /** Something must be corrected (`dmarcFindings` says what). */
  readonly faulty: boolean
  /** Nothing is even worth a warning; false where only the findings tell. */
  readonly plain: boolean
}

/** See `dmarcVersion`. */
const version = /^[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/

/** Whether the first tag of a text is `v` with the exact value DMARC1, whatever follows. */
export function beginsWithVersion(text: string): boolean {
  return text.startsWith('v=DMARC1;') || version.test(text)
}

/** Reads the tags of a text that begins with its version, in one pass. What is wrong, and where, is found by `dmarcFindings`. */
export function readDmarcValues(text: string): DmarcValues {
  const reading = new Reading()
  let from = text.indexOf(';') + 1
  if (from === 0) from = text.length
  while (from < text.length) {
    const semicolon = text.indexOf(';', from)
    const to = semicolon === -1 ? text.length : semicolon
    const start = pastSpace(text, from, to)
    const end = beforeSpace(text, start, to)
    if (start < end) reading.take(text, start, end)
    else if (semicolon !== -1) reading.plain = false
    from = to + 1
  }
  return reading.result(text)
}

class Reading {
  plain = true
  #faulty = false
  #duplicates = false
  readonly #tags = noTags()
  #sizes: ReportSizes | undefined
  /** Names of well-formed tags, as bits of the known ones and a list of the others. */
  #seen = 1
  #others: string[] | undefined
  #many: Set<string> | undefined

  take(text: string, start: number, end: number): void {
    const equals = text.indexOf('=', start)
    if (equals === -1 || equals >= end) {
      this.#faulty = true
      return
    }
    const written = nameBefore(text, start, equals)
    let name = written
    let bit = tagBits.get(name)
    if (bit === undefined) {
      this.plain = false
      name = written.toLowerCase()
      bit = tagBits.get(name)
    }
    if (bit === undefined) this.#takeOther(name, valueAfter(text, equals, end))
    else if ((this.#seen & bit) !== 0) this.#repeat()
    else {
      this.#seen |= bit
      this.#takeKnown(bit, valueAfter(text, equals, end))
    }
  }

  #repeat(): void {
    this.#duplicates = true
    this.#faulty = true
  }

  #takeKnown(bit: number, value: string): void {
    if (value === '' || value.endsWith('\\')) this.#faulty = true
    if (value === '') return
    if (hasSpace(value) && swallowedTag.test(value)) this.#faulty = true
    else this.#takeValue(bit, value)
  }

  /** Each tag by its name: a name that is only known while reading costs several times more to store under. */
  #takeValue(bit: number, value: string): void {
    const tags = this.#tags
    switch (bit) {
      case bits.p:
        tags.p = this.#word(dmarcValues.p(value))
        break
      case bits.sp:
        tags.sp = this.#word(dmarcValues.sp(value))
        break
      case bits.np:
        tags.np = this.#word(dmarcValues.np(value))
        break
      case bits.adkim:
        tags.adkim = this.#word(dmarcValues.adkim(value))
        break
      case bits.aspf:
        tags.aspf = this.#word(dmarcValues.aspf(value))
        break
      case bits.fo:
        tags.fo = this.#word(dmarcValues.fo(value))
        break
      case bits.rua:
        tags.rua = this.#addresses('rua', value)
        break
      case bits.ruf:
        tags.ruf = this.#addresses('ruf', value)
        break
      case bits.t:
        tags.t = this.#word(dmarcValues.t(value))
        break
      case bits.psd:
        tags.psd = this.#word(dmarcValues.psd(value))
        break
      case bits.pct:
        tags.pct = this.#historic(dmarcValues.pct(value))
        break
      case bits.rf:
        tags.rf = this.#historic(dmarcValues.rf(value))
        break
      case bits.ri:
        tags.ri = this.#historic(dmarcValues.ri(value))
        break
    }
  }

  #word<Word>(read: Word | undefined): Word | undefined {
    if (read === undefined) this.#faulty = true
    return read
  }

  /** A historic tag, and a wrong value of it, are worth a warning: no reader of today looks at them. */
  #historic<Value>(read: Value): Value {
    this.plain = false
    return read
  }

  #addresses(name: 'rua' | 'ruf', value: string): readonly string[] | undefined {
    const list = readAddresses(value)
    this.#faulty ||= list.faulty
    this.plain &&= list.plain
    if (list.sizes) {
      this.#sizes ??= {}
      this.#sizes[name] = list.sizes
    }
    return list.uris.length > 0 ? list.uris : undefined
  }

  #takeOther(name: string, value: string): void {
    if (!/^[a-z]+$/.test(name)) {
      this.#faulty = true
      return
    }
    if (this.#isKnownOther(name)) {
      this.#repeat()
      return
    }
    if (value === '' || value.endsWith('\\')) this.#faulty = true
    if (value === '') return
    if (!isUnknownValue(value)) {
      this.#faulty = true
      return
    }
    this.#tags.other ??= []
    this.#tags.other.push({ name, value })
  }

  /** Whether a tag that no standard names was there before. */
  #isKnownOther(name: string): boolean {
    this.#others ??= []
    if (this.#many ? this.#many.has(name) : this.#others.includes(name)) return true
    if (this.#others.length >= few) this.#many ??= new Set(this.#others)
    this.#many?.add(name)
    this.#others.push(name)
    return false
  }

  result(text: string): DmarcValues {
    const tags = inCanonicalOrder(this.#tags)
    const state = {
      pMissing: (this.#seen & bits.p) === 0,
      spInvalid: tags.sp === undefined && (this.#seen & bits.sp) !== 0,
      npInvalid: tags.np === undefined && (this.#seen & bits.np) !== 0,
    }
    // RFC 9989 4.10.1: without either there is no DMARC processing at all.
    const faulty = this.#faulty || (state.pMissing && !tags.rua)
    const plain = this.plain && !faulty && text.length <= comfortableTxtLength && isBeyondAdvice(text, tags)
    return { tags, state, sizes: this.#sizes, duplicates: this.#duplicates, faulty, plain }
  }
}

/** A bit for each tag. */
const bits = {
  v: 1,
  p: 2,
  sp: 4,
  np: 8,
  adkim: 16,
  aspf: 32,
  fo: 64,
  rua: 128,
  ruf: 256,
  t: 512,
  psd: 1024,
  pct: 2048,
  rf: 4096,
  ri: 8192,
} as const satisfies Record<DmarcTagName, number>
const tagBits: ReadonlyMap<string, number> = new Map(Object.entries(bits))

function nameBefore(text: string, start: number, equals: number): string {
  return text.slice(start, beforeSpace(text, start, equals))
}

function valueAfter(text: string, equals: number, end: number): string {
  return text.slice(pastSpace(text, equals + 1, end), end)
}

function hasSpace(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code === 0x20 || code === 0x09) return true
  }
  return false
}

interface AddressList {
  readonly uris: readonly string[]
  /** Absent where no address has one. */
  readonly sizes?: [string, string][] | undefined
  readonly faulty: boolean
  readonly plain: boolean
}

/** Longer lists are searched by a set: anyone's record can have thousands of tags and addresses. */
const few = 8

/** The addresses of a list, each once; those that are no report URIs are left out (RFC 9990 3.5). */
function readAddresses(value: string): AddressList {
  const uris: string[] = []
  let many: Set<string> | undefined
  let sizes: [string, string][] | undefined
  let faulty = false
  let plain = true
  for (let from = 0; from <= value.length; ) {
    const comma = value.indexOf(',', from)
    const to = comma === -1 ? value.length : comma
    const start = pastSpace(value, from, to)
    const item = value.slice(start, beforeSpace(value, start, to))
    from = to + 1
    const read = isPlainMailto(item) ? undefined : readOtherUri(item)
    if (read?.wrong !== undefined) {
      faulty = true
      continue
    }
    const uri = read?.uri ?? item
    if (read && !isOrdinary(read)) plain = false
    if (many ? many.has(uri) : uris.includes(uri)) {
      plain = false
      continue
    }
    if (read?.size !== undefined) {
      sizes ??= []
      sizes.push([uri, read.size])
    }
    uris.push(uri)
    if (uris.length > few) {
      many ??= new Set(uris)
      many.add(uri)
    }
  }
  return { uris, sizes, faulty, plain: plain && uris.length <= 2 }
}

const isOrdinary = ({ scheme, size }: ReportUri): boolean => scheme === 'mailto' && size === undefined

/** Whether tags that were read without a fault have nothing to warn about. */
function isBeyondAdvice(text: string, tags: DmarcTags): boolean {
  const { p, sp = p, np = sp, fo, rua, ruf, t, psd } = tags
  const same = np === sp && sp === p && t !== 'y' && psd !== 'y'
  // RFC 7489 readers expect `p` straight after the version.
  return same && rua !== undefined && (fo === undefined || ruf !== undefined) && /^v=DMARC1; *p=/.test(text)
}
