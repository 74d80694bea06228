/** A name with its final dot, as zone files and most services write absolute names. */
export const withDot = (name: string) => (name.endsWith('.') ? name : `${name}.`)

/** Text as one or more quoted strings of at most 255 bytes (RFC 1035 section 3.3.14), if it is not quoted already. */
export function quoteTxt(text: string): string {
  if (text.startsWith('"') && text.endsWith('"') && text.length > 1) return text
  const parts = text.match(/.{1,255}/gs) ?? ['']
  return parts.map((part) => `"${part.replace(/(["\\])/g, '\\$1')}"`).join(' ')
}
