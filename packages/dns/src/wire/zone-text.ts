import { DnsFormatError } from './errors.ts'
import { decimalByte } from './labels.ts'

/** One word of record data in presentation form. */
export interface Token {
  /** As it is written, escapes included, without quotes. */
  text: string
  /** Its bytes, escapes resolved; characters outside ASCII as UTF-8. */
  bytes: Buffer
  quoted: boolean
}

/**
 * Cuts record data in presentation form into words (RFC 1035 section 5.1): quotes, `\X` and `\DDD` escapes, parentheses
 * over several lines, and comments. Throws `DnsFormatError` for an open quote or an escape that is none.
 */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text.charAt(at)
    if (/[\s()]/.test(char)) at++
    else if (char === ';') at = endOfLine(text, at)
    else {
      const quoted = char === '"'
      const { token, next } = readToken(text, quoted ? at + 1 : at, quoted)
      tokens.push(token)
      at = next
    }
  }
  return tokens
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function readToken(text: string, start: number, quoted: boolean): { token: Token; next: number } {
  const parts: Buffer[] = []
  let at = start
  for (;;) {
    if (at >= text.length) {
      if (quoted) throw new DnsFormatError('a quoted text has no end')
      break
    }
    const char = String.fromCodePoint(text.codePointAt(at) as number)
    if (quoted ? char === '"' : /[\s();"]/.test(char)) break
    if (char !== '\\') {
      parts.push(Buffer.from(char, 'utf8'))
      at += char.length
      continue
    }
    const decimal = /^\d{3}/.exec(text.slice(at + 1, at + 4))?.[0]
    if (decimal !== undefined && Number(decimal) > 255) throw new DnsFormatError(`\\${decimal} is not a byte`)
    const escaped = decimal ?? text.charAt(at + 1)
    if (escaped === '') throw new DnsFormatError('the text ends in a lone backslash')
    parts.push(decimal === undefined ? Buffer.from(escaped, 'utf8') : Buffer.from([Number(decimal)]))
    at += 1 + escaped.length
  }
  const token = { text: text.slice(start, at), bytes: Buffer.concat(parts), quoted }
  return { token, next: quoted ? at + 1 : at }
}

/** Bytes as a quoted string of a zone file. */
export function quote(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) {
    if (byte === 0x22 || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`
    else if (byte < 0x20 || byte > 0x7e) text += `\\${decimalByte(byte)}`
    else text += String.fromCharCode(byte)
  }
  return `"${text}"`
}
