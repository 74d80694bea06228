import { canonicalName } from '../../wire/names.ts'

// Route 53 escapes with three octal digits (`\052` is an asterisk) where a zone file has decimal ones.

/** A name as Route 53 gives it, in our form. */
export function fromRoute53Name(name: string): string {
  const plain = name.replace(/\\([0-7]{3})/g, (_, digits: string) => {
    const code = Number.parseInt(digits, 8)
    if (code === 0x2e || code === 0x5c) return `\\${String.fromCharCode(code)}`
    if (code > 0x20 && code < 0x7f) return String.fromCharCode(code)
    return `\\${code.toString().padStart(3, '0')}`
  })
  return canonicalName(plain)
}

/** A name as Route 53 wants it, absolute. */
export function toRoute53Name(name: string): string {
  const octal = (code: number) => `\\${code.toString(8).padStart(3, '0')}`
  const escaped = name
    .replace(/\\(\d{3})/g, (_, digits: string) => octal(Number(digits)))
    .replace(/\\([^0-9])/g, (_, character: string) => octal(character.charCodeAt(0)))
  return `${escaped}.`
}
