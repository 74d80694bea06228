import { DnsFormatError, DnsNameError } from './errors.ts'

/**
 * A domain name as its labels from left to right, each a string of raw bytes (latin1); the root is `[]`. Case is kept.
 * Text cannot tell the one label `a.b` from the labels `a` and `b` without escapes, and bytes are not always text, so
 * this is the form to work with where names are cut or compared by label.
 */
export type Labels = readonly string[]

const maxLabelBytes = 63
const maxNameBytes = 255

/** How a byte of a label is written (RFC 1035 section 5.1): as it is, behind a backslash, or as `\DDD`. */
export const Escape = { none: 0, backslash: 1, decimal: 2 } as const

/** By byte. The characters behind a backslash are those that mean something in a zone file; BIND escapes the same. */
export const labelEscapes: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte <= 0x20 || byte >= 0x7f) return Escape.decimal
  return '."();@$\\'.includes(String.fromCharCode(byte)) ? Escape.backslash : Escape.none
})

/** The byte as three decimal digits. */
export const decimalByte = (byte: number) => String(byte).padStart(3, '0')

/**
 * The labels of a name in presentation form, with or without the final dot; `\.` and `\DDD` are escapes.
 * Throws `DnsNameError` for an empty label, one over 63 bytes, or a name over 255 bytes on the wire.
 */
export function parseName(text: string): Labels {
  if (text === '' || text === '.') return []
  const labels: string[] = []
  let label = ''
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (char === '\\') {
      const decimal = /^\d{3}/.exec(text.slice(i + 1, i + 4))?.[0]
      if (decimal !== undefined && Number(decimal) > 255) throw invalid(text, `\\${decimal} is not a byte`)
      if (decimal === undefined && i + 1 === text.length) throw invalid(text, 'it ends in a lone backslash')
      label += decimal === undefined ? asciiOf(text, i + 1) : String.fromCharCode(Number(decimal))
      i += decimal === undefined ? 1 : 3
    } else if (char === '.') {
      if (label === '') throw invalid(text, `label ${labels.length + 1} is empty`)
      labels.push(label)
      label = ''
    } else {
      label += asciiOf(text, i)
    }
  }
  if (label !== '') labels.push(label)
  const long = labels.find((one) => one.length > maxLabelBytes)
  if (long !== undefined) {
    throw invalid(text, `the label "${escapeLabel(long)}" has ${long.length} bytes, and at most 63 are allowed`)
  }
  const length = wireLength(labels)
  if (length > maxNameBytes) throw invalid(text, `it takes ${length} bytes, and at most 255 are allowed`)
  return labels
}

function asciiOf(text: string, at: number): string {
  if (text.charCodeAt(at) <= 0x7e) return text.charAt(at)
  throw invalid(text, 'it has a character outside ASCII; write the name as A-labels (xn--)')
}

const invalid = (text: string, found: string) => new DnsNameError(`"${text}" is not a domain name: ${found}.`)

/** The presentation form without the final dot; the root is the empty string. The same as `dig` prints. */
export function nameText(labels: Labels): string {
  return labels.map(escapeLabel).join('.')
}

/** The presentation form with the final dot, as in a zone file: `example.test.`; the root is `.`. */
export function absoluteText(labels: Labels): string {
  return `${nameText(labels)}.`
}

function escapeLabel(label: string): string {
  if (/^[A-Za-z0-9_*/-]*$/.test(label)) return label
  let text = ''
  for (let i = 0; i < label.length; i++) {
    const byte = label.charCodeAt(i)
    const kind = labelEscapes[byte]
    if (kind === Escape.decimal) text += `\\${decimalByte(byte)}`
    else text += kind === Escape.backslash ? `\\${label[i]}` : label[i]
  }
  return text
}

/** The text by which names are compared: ASCII letters folded, other bytes as they are (RFC 4343). */
export function nameKey(labels: Labels): string {
  return foldCase(nameText(labels))
}

/** ASCII letters in lower case: DNS folds no others (RFC 4343). */
export function foldCase(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text
}

/** Whether `labels` is `zone` or a name beneath it. */
export function labelsWithin(labels: Labels, zone: Labels): boolean {
  return labels.length >= zone.length && nameKey(labels.slice(labels.length - zone.length)) === nameKey(zone)
}

/** Bytes the name takes uncompressed. */
export function wireLength(labels: Labels): number {
  return labels.reduce((sum, label) => sum + label.length + 1, 1)
}

/** The name as uncompressed wire bytes. */
export function encodeLabels(labels: Labels): Buffer {
  const bytes = Buffer.alloc(wireLength(labels))
  let at = 0
  for (const label of labels) {
    bytes[at] = label.length
    bytes.write(label, at + 1, 'latin1')
    at += label.length + 1
  }
  return bytes
}

/**
 * Reads a name at `offset`, following compression pointers (RFC 1035 section 4.1.4) unless `compressed` is false. `next`
 * is the offset after it. Throws `DnsFormatError` where the bytes are no name.
 */
export function readLabels(
  message: Uint8Array,
  offset: number,
  options: { compressed?: boolean } = {},
): { labels: Labels; next: number } {
  const labels: string[] = []
  let at = offset
  let next: number | undefined
  let earliest = offset
  let length = 1
  for (;;) {
    const size = message[at]
    if (size === undefined) throw new DnsFormatError('the message ends inside a name')
    if (size === 0) return { labels, next: next ?? at + 1 }
    if ((size & 0xc0) === 0xc0 && options.compressed !== false) {
      const low = message[at + 1]
      if (low === undefined) throw new DnsFormatError('the message ends inside a name')
      next ??= at + 2
      at = ((size & 0x3f) << 8) | low
      // Pointers may only go backwards, which also rules out loops.
      if (at >= earliest) throw new DnsFormatError('a name points forwards')
      earliest = at
      continue
    }
    if (size > maxLabelBytes) throw new DnsFormatError('a label has a reserved type')
    if (at + 1 + size > message.length) throw new DnsFormatError('the message ends inside a name')
    length += size + 1
    if (length > maxNameBytes) throw new DnsFormatError('a name is longer than 255 bytes')
    let label = ''
    for (let i = at + 1; i <= at + size; i++) label += String.fromCharCode(message[i] as number)
    labels.push(label)
    at += size + 1
  }
}
