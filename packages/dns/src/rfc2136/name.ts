export { isWithin, normaliseName as canonicalName } from '../wire/names.ts'

/** A name or message that breaks the rules of the wire (RFC 1035 section 3.1, 4.1.4). A server answers FORMERR. */
export class WireFormatError extends Error {
  override name = 'WireFormatError'
}

/**
 * A name in zone-file form (`\.` and `\DDD` escapes, RFC 1035 section 5.1) as uncompressed wire bytes. Case is kept.
 * Fails with {@link WireFormatError} on empty or over-long labels and names.
 */
export function encodeName(name: string): Buffer {
  const parts: Buffer[] = []
  for (const label of splitLabels(name)) {
    if (label.length === 0) throw new WireFormatError(`"${name}" has an empty label`)
    if (label.length > 63) throw new WireFormatError(`"${name}" has a label of ${label.length} bytes; 63 are allowed`)
    parts.push(Buffer.from([label.length]), label)
  }
  parts.push(Buffer.from([0]))
  const encoded = Buffer.concat(parts)
  if (encoded.length > 255) throw new WireFormatError(`"${name}" takes ${encoded.length} bytes; 255 are allowed`)
  return encoded
}

/** Reads a name that may be compressed. `next` is the offset after it in the message. */
export function decodeName(message: Uint8Array, offset: number): { name: string; next: number } {
  const labels: string[] = []
  let position = offset
  let next = -1
  let length = 0
  let earliest = offset
  for (;;) {
    const size = message[position]
    if (size === undefined) throw new WireFormatError('the message ends inside a name')
    if (size === 0) {
      if (next < 0) next = position + 1
      return { name: labels.join('.'), next }
    }
    if ((size & 0xc0) === 0xc0) {
      const low = message[position + 1]
      if (low === undefined) throw new WireFormatError('the message ends inside a name')
      if (next < 0) next = position + 2
      position = ((size & 0x3f) << 8) | low
      // Pointers may only go backwards, which also rules out loops.
      if (position >= earliest) throw new WireFormatError('a name points forwards')
      earliest = position
      continue
    }
    if (size & 0xc0) throw new WireFormatError('a label has a reserved type')
    const label = message.subarray(position + 1, position + 1 + size)
    if (label.length < size) throw new WireFormatError('the message ends inside a name')
    length += size + 1
    if (length > 254) throw new WireFormatError('a name is longer than 255 bytes')
    labels.push(escapeLabel(label))
    position += size + 1
  }
}

function splitLabels(name: string): Buffer[] {
  if (name === '' || name === '.') return []
  const labels: number[][] = [[]]
  for (let index = 0; index < name.length; index++) {
    const current = labels[labels.length - 1] as number[]
    const character = name[index] as string
    if (character === '\\') {
      const digits = /^\d{3}/.exec(name.slice(index + 1))
      if (digits) {
        const code = Number(digits[0])
        if (code > 255) throw new WireFormatError(`"${name}" has the escape \\${digits[0]}; 255 is the highest`)
        current.push(code)
        index += 3
      } else {
        index += 1
        const escaped = name.charCodeAt(index)
        if (Number.isNaN(escaped)) throw new WireFormatError(`"${name}" ends in a lone backslash`)
        current.push(escaped)
      }
    } else if (character === '.') {
      if (index < name.length - 1) labels.push([])
    } else {
      const code = name.charCodeAt(index)
      if (code > 126)
        throw new WireFormatError(`"${name}" has a character outside ASCII; write it as an A-label (xn--)`)
      current.push(code)
    }
  }
  return labels.map((label) => Buffer.from(label))
}

function escapeLabel(label: Uint8Array): string {
  let text = ''
  for (const byte of label) {
    if (byte === 0x2e || byte === 0x5c || byte === 0x22) text += `\\${String.fromCharCode(byte)}`
    else if (byte <= 0x20 || byte >= 0x7f) text += `\\${byte.toString().padStart(3, '0')}`
    else text += String.fromCharCode(byte)
  }
  return text
}
