import { quote, tokenise } from '../wire/zone-text.ts'

/** A name with its final dot, as zone files and most services write absolute names. */
export const withDot = (name: string) => (name.endsWith('.') ? name : `${name}.`)

const named = new Set(['ALIAS', 'CNAME', 'DNAME', 'MX', 'NS', 'PTR', 'SRV'])

/** A value of a service that reads names as zone files do: a target without its final dot lies in the zone, and `@` is the zone. */
export function absoluteValue(type: string, value: string, zone: string): string {
  if (!named.has(type) || value.endsWith('.')) return value
  return /(^| )@$/.test(value) ? `${value.slice(0, -1)}${zone}.` : `${value}.${zone}.`
}

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
