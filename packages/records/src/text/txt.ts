import type { TxtValue } from '../parsed.ts'

/** The longest character-string of a TXT record, in bytes (RFC 1035 3.3). */
export const longestTxtString = 255

/** The most bytes one DNS record can hold (RFC 1035 3.2.1 RDLENGTH). */
export const largestTxt = 65_535

/** Above this many characters, a TXT value behind a CNAME may no longer fit into a UDP answer. */
export const comfortableTxtLength = 450

/**
 * Splits a TXT value into character-strings of at most 255 bytes each (UTF-8). Joined again with nothing between they
 * give the value back; no character is cut in two. An empty value is one empty string.
 */
export function splitTxt(value: string): string[] {
  const strings: string[] = []
  let current = ''
  let size = 0
  for (const character of value) {
    const bytes = utf8Length(character)
    if (size + bytes > longestTxtString) {
      strings.push(current)
      current = ''
      size = 0
    }
    current += character
    size += bytes
  }
  strings.push(current)
  return strings
}

/** The one text a reader makes of a TXT record's character-strings: joined in order, nothing added (RFC 9989 4.5). */
export function joinTxt(value: TxtValue): string {
  if (typeof value === 'string') return value
  // Code without types may give anything; what is no text has none.
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string').join('') : ''
}

/**
 * The value as a zone file holds it: quoted strings of at most 255 bytes, with quotes, backslashes and everything
 * outside printable ASCII escaped (RFC 1035 5.1). `;` needs no escape inside quotes.
 */
export function zoneFileTxt(value: string): string {
  return splitTxt(value)
    .map((part) => `"${Array.from(new TextEncoder().encode(part), escapeByte).join('')}"`)
    .join(' ')
}

function escapeByte(byte: number): string {
  if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`
  if (byte >= 0x20 && byte <= 0x7e) return String.fromCharCode(byte)
  return `\\${String(byte).padStart(3, '0')}`
}

export function utf8Length(character: string): number {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}
