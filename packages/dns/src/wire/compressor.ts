import { encodeLabels, type Labels, nameText } from './labels.ts'

/**
 * Owner names that point back to where their ending already stands in a message (RFC 1035 section 4.1.4). Only an ending in
 * the same case will do, so that every name is read as it was written (RFC 4343 section 4.1).
 */
export class NameCompressor {
  readonly #offsets = new Map<string, number>()

  /** The bytes of `labels` at `offset` of the message, as short as what stands before allows. */
  write(labels: Labels, offset: number): Buffer {
    for (let start = 0; start < labels.length; start++) {
      const known = this.#offsets.get(nameText(labels.slice(start)))
      if (known === undefined) continue
      this.remember(labels, offset, start)
      const head = encodeLabels(labels.slice(0, start)).subarray(0, -1)
      return Buffer.concat([head, Buffer.from([0xc0 | (known >> 8), known & 0xff])])
    }
    this.remember(labels, offset)
    return encodeLabels(labels)
  }

  /** Notes a name that stands whole at `offset`; of its endings, those that begin before label `until`. */
  remember(labels: Labels, offset: number, until = labels.length): void {
    let at = offset
    for (const [index, label] of labels.slice(0, until).entries()) {
      const key = nameText(labels.slice(index))
      // A pointer has 14 bits.
      if (at < 0x4000 && !this.#offsets.has(key)) this.#offsets.set(key, at)
      at += label.length + 1
    }
  }
}
