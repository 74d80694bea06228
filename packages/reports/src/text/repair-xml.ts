import type { Warnings } from '../outcome.ts'
import { hasForbiddenCharacters, withoutForbidden } from './xml-characters.ts'

const ENTITY = '(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});'
const NAME = '[A-Za-z_][\\w.:-]*'
/** An ampersand that begins no entity, or a less-than sign that begins no tag, comment, CDATA or instruction. */
const FAULT = `&(?!${ENTITY})|<(?!${NAME}(?:\\s|/?>)|/${NAME}\\s*>|\\?|!--|!\\[CDATA\\[|!DOCTYPE)`
const hasFault = new RegExp(FAULT)
const piece = new RegExp(`<!\\[CDATA\\[[^]*?(?:\\]\\]>|$)|<!--[^]*?(?:-->|$)|${FAULT}`, 'g')
/** How much of a chunk's end may be needed to judge a mark in it: the longest name or entity we look at. */
const LOOKAHEAD = 256

/**
 * Repairs the faults of the text that reporters really make, before the parser sees them: control characters, bare
 * ampersands and bare less-than signs. Chunk by chunk, so that large reports stream.
 */
export class XmlRepair {
  readonly #warnings: Warnings
  #carried = ''
  #begun = false
  /** The end of a CDATA section or comment that an earlier chunk began. */
  #awaited = ''

  constructor(warnings: Warnings) {
    this.#warnings = warnings
  }

  write(chunk: string): string {
    const text = this.#carried + (this.#begun ? chunk : this.#withoutLead(chunk))
    const cut = this.#cutAt(text)
    this.#carried = text.slice(cut)
    return this.#repaired(text.slice(0, cut))
  }

  end(): string {
    const text = this.#carried
    this.#carried = ''
    return this.#repaired(text)
  }

  #withoutLead(chunk: string): string {
    let text = chunk
    if (text.startsWith('\ufeff')) {
      this.#warnings.add('byte-order-mark')
      text = text.slice(1)
    }
    const trimmed = text.trimStart()
    if (trimmed.length < text.length) this.#warnings.add('leading-space')
    this.#begun = trimmed.length > 0
    return trimmed
  }

  #cutAt(text: string): number {
    const mark = Math.max(text.lastIndexOf('<'), text.lastIndexOf('&'))
    if (mark >= 0 && mark > text.length - LOOKAHEAD) return mark
    // The end of a section may be cut in two as well.
    return text.length - (/(?:\]{1,2}|-{1,2})$/.exec(text)?.[0].length ?? 0)
  }

  #repaired(text: string): string {
    let clean = text
    if (hasForbiddenCharacters(clean)) {
      this.#warnings.add('control-characters')
      clean = withoutForbidden(clean)
    }
    const from = this.#skipAwaited(clean)
    if (from === clean.length) return clean
    const rest = from === 0 ? clean : clean.slice(from)
    const fixed = hasFault.test(rest) ? this.#escaped(rest) : rest
    this.#noteOpenSection(rest)
    return from === 0 ? fixed : clean.slice(0, from) + fixed
  }

  #skipAwaited(text: string): number {
    if (this.#awaited === '') return 0
    const end = text.indexOf(this.#awaited)
    if (end < 0) return text.length
    const after = end + this.#awaited.length
    this.#awaited = ''
    return after
  }

  #escaped(text: string): string {
    return text.replace(piece, (match) => {
      if (match === '&') {
        this.#warnings.add('bare-ampersand')
        return '&amp;'
      }
      if (match === '<') {
        this.#warnings.add('bare-less-than')
        return '&lt;'
      }
      return match
    })
  }

  #noteOpenSection(text: string): void {
    const cdata = text.lastIndexOf('<![CDATA[')
    if (cdata >= 0 && text.indexOf(']]>', cdata) < 0) this.#awaited = ']]>'
    const comment = text.lastIndexOf('<!--')
    if (comment >= 0 && text.indexOf('-->', comment) < 0) this.#awaited = '-->'
  }
}
