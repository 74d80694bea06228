import { quote, tokenise } from '../wire/zone-text.ts'

/** A name with its final dot, as zone files and most services write absolute names. */
export const withDot = (name: string) => (name.endsWith('.') ? name : `${name}.`)

export const withoutDot = (name: string) => (name.length > 1 ? name.replace(/\.$/, '') : name)

/** Text as one or more quoted strings of at most 255 bytes (RFC 1035 section 3.3.14), if it is not quoted already. */
export function quoteTxt(text: string): string {
  if (text.startsWith('"') && text.endsWith('"') && text.length > 1) return text
  const bytes = Buffer.from(text, 'utf8')
  const parts: string[] = []
  for (let at = 0; at === 0 || at < bytes.length; at += 255) parts.push(quote(bytes.subarray(at, at + 255)))
  return parts.join(' ')
}

/** Quoted strings as the one text they stand for. */
export const plainTxt = (value: string): string =>
  Buffer.concat(tokenise(value).map(({ bytes }) => bytes)).toString('utf8')
