import type { Warnings } from '../outcome.ts'

/**
 * Bytes of a report to text, chunk by chunk: a byte-order mark decides, then the charset that the XML declaration names,
 * then UTF-8. Bytes that are not valid UTF-8 are read as windows-1252, each by itself, so that one bad byte does not
 * garble the valid ones.
 */
export class TextDecoding {
  readonly #warnings: Warnings
  #decode: ((chunk: Uint8Array, last: boolean) => string) | undefined
  /** The first bytes, kept until there are enough to see the declaration. */
  #head: Uint8Array = new Uint8Array(0)

  constructor(warnings: Warnings) {
    this.#warnings = warnings
  }

  write(chunk: Uint8Array): string {
    if (this.#decode) return this.#decode(chunk, false)
    this.#head = joined(this.#head, chunk)
    return this.#head.length < 256 ? '' : this.#begin(false)
  }

  end(): string {
    return this.#decode ? this.#decode(new Uint8Array(0), true) : this.#begin(true)
  }

  #begin(last: boolean): string {
    const { charset, mark } = charsetOf(this.#head)
    if (mark > 0) this.#warnings.add('byte-order-mark')
    const bytes = this.#head.subarray(mark)
    this.#head = new Uint8Array(0)
    this.#decode = charset === 'utf-8' ? this.#lenientUtf8() : otherCharset(charset)
    return this.#decode(bytes, last)
  }

  #lenientUtf8(): (chunk: Uint8Array, last: boolean) => string {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    let rest: Uint8Array = new Uint8Array(0)
    return (chunk, last) => {
      const bytes = rest.length > 0 ? joined(rest, chunk) : chunk
      const whole = last ? bytes.length : bytes.length - openSequence(bytes)
      rest = bytes.slice(whole)
      const part = bytes.subarray(0, whole)
      try {
        return strict.decode(part)
      } catch {
        this.#warnings.add('encoding-repaired')
        return mixed(part)
      }
    }
  }
}

/** `decodeText` for input that is in memory as a whole. */
export function decodeText(bytes: Uint8Array, warnings: Warnings): string {
  const decoding = new TextDecoding(warnings)
  return decoding.write(bytes) + decoding.end()
}

function charsetOf(bytes: Uint8Array): { charset: string; mark: number } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { charset: 'utf-8', mark: 3 }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { charset: 'utf-16le', mark: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { charset: 'utf-16be', mark: 2 }
  if (bytes[0] === 0x3c && bytes[1] === 0) return { charset: 'utf-16le', mark: 0 }
  if (bytes[0] === 0 && bytes[1] === 0x3c) return { charset: 'utf-16be', mark: 0 }
  const head = String.fromCharCode(...bytes.subarray(0, 256))
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head)?.[1]
  return { charset: declared === undefined ? 'utf-8' : known(declared), mark: 0 }
}

/** A charset's standard name; UTF-8 where the name is unknown, or claims UTF-16 for what is plainly not. */
function known(name: string): string {
  try {
    const encoding = new TextDecoder(name).encoding
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding
  } catch {
    return 'utf-8'
  }
}

function otherCharset(charset: string): (chunk: Uint8Array, last: boolean) => string {
  const decoder = new TextDecoder(charset, { ignoreBOM: true })
  return (chunk, last) => decoder.decode(chunk, { stream: !last })
}

/** How many bytes at the end begin a UTF-8 sequence that the next chunk may finish: 0 to 3. */
function openSequence(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0
  }
  return 0
}

function sequenceLength(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2
  if (first >= 0xe0 && first <= 0xef) return 3
  return first >= 0xf0 && first <= 0xf4 ? 4 : 1
}

/** Valid sequences as UTF-8, every other byte as windows-1252. */
function mixed(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const western = new TextDecoder('windows-1252')
  let text = ''
  let ascii = 0
  let at = 0
  while (at < bytes.length) {
    if ((bytes[at] as number) < 0x80) {
      at += 1
      continue
    }
    text += western.decode(bytes.subarray(ascii, at))
    const length = sequenceLength(bytes[at] as number)
    const valid = length > 1 ? tryDecode(strict, bytes.subarray(at, at + length), length) : undefined
    text += valid ?? western.decode(bytes.subarray(at, at + 1))
    at += valid === undefined ? 1 : length
    ascii = at
  }
  return text + western.decode(bytes.subarray(ascii))
}

function tryDecode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, length: number): string | undefined {
  if (bytes.length < length) return undefined
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}
