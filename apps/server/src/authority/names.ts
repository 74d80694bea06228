/**
 * A domain name as its labels from left to right, each a string of raw bytes (latin1), the root being `[]`.
 *
 * dns-packet reads labels as UTF-8 and joins them with dots, which loses bytes and lets a dot inside a label look like
 * two labels. A responder must echo exactly the question it was asked, so names are read here.
 */
export type Labels = readonly string[]

const MAX_LABEL_BYTES = 63
const MAX_NAME_BYTES = 255

/**
 * Labels of a name in presentation form (RFC 1035 section 5.1), with or without the final dot; `\.` and `\DDD` are escapes.
 *
 * @throws {Error} for an empty label, one over 63 bytes, or a name over 255 bytes on the wire
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
      label += decimal === undefined ? text.charAt(i + 1) : String.fromCharCode(Number(decimal))
      i += decimal === undefined ? 1 : 3
    } else if (char === '.') {
      labels.push(label)
      label = ''
    } else {
      if (char.charCodeAt(0) > 0x7e) throw invalid(text, 'a character outside ASCII; write the name as A-labels (xn--)')
      label += char
    }
  }
  if (label !== '') labels.push(label)
  const empty = labels.indexOf('')
  if (empty >= 0) throw invalid(text, `label ${empty + 1} is empty`)
  const long = labels.find((l) => l.length > MAX_LABEL_BYTES)
  if (long !== undefined) throw invalid(text, `the label "${long}" has ${long.length} bytes, at most 63 are allowed`)
  if (wireLength(labels) > MAX_NAME_BYTES) throw invalid(text, `${wireLength(labels)} bytes, at most 255 are allowed`)
  return labels
}

function invalid(text: string, found: string): Error {
  return new Error(`"${text}" is not a domain name: ${found}.`)
}

/** The presentation form without a final dot (`.` for the root); bytes that could mislead are escaped. */
export function nameText(labels: Labels): string {
  return labels.length === 0 ? '.' : labels.map(escapeLabel).join('.')
}

function escapeLabel(label: string): string {
  return label.replace(/[^\x21-\x7e]|[.\\"();@$]/g, (char) =>
    /[.\\"();@$]/.test(char) ? `\\${char}` : `\\${char.charCodeAt(0).toString().padStart(3, '0')}`,
  )
}

/** The form names are compared by: ASCII letters folded, other bytes as they are (RFC 4343). */
export function nameKey(labels: Labels): string {
  return nameText(labels).replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** Whether `labels` is `zone` or a name below it. */
export function isWithin(labels: Labels, zone: Labels): boolean {
  return labels.length >= zone.length && nameKey(labels.slice(labels.length - zone.length)) === nameKey(zone)
}

export function wireLength(labels: Labels): number {
  return labels.reduce((sum, label) => sum + label.length + 1, 1)
}

export function encodeName(labels: Labels): Buffer {
  return Buffer.concat([...labels.flatMap((l) => [Buffer.from([l.length]), Buffer.from(l, 'latin1')]), Buffer.alloc(1)])
}

/** A name read from a message, and the offset after it; undefined when the bytes are no name. */
export function readName(message: Buffer, offset: number): { labels: Labels; end: number } | undefined {
  const labels: string[] = []
  let at = offset
  let end: number | undefined
  let total = 1
  for (;;) {
    const length = message[at]
    if (length === undefined) return undefined
    if (length === 0) return { labels, end: end ?? at + 1 }
    if ((length & 0xc0) === 0xc0) {
      const low = message[at + 1]
      if (low === undefined) return undefined
      const target = ((length & 0x3f) << 8) | low
      // Only backwards (RFC 1035 section 4.1.4). A loop must read labels to come back here, and 255 bytes end that.
      if (target >= at) return undefined
      end ??= at + 2
      at = target
      continue
    }
    if (length > MAX_LABEL_BYTES || at + 1 + length > message.length) return undefined
    total += length + 1
    if (total > MAX_NAME_BYTES) return undefined
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
}
