/** A function that replaces every form of one secret in a text. Its work grows with the length of the text, not with its square. */
export function secretForms(secret: string): (text: string, mask: string) => string {
  const spelled = new RegExp(Array.from(secret, spellings).join(''), 'g')
  const cores = base64Cores(new TextEncoder().encode(secret))
  return (text, mask) => {
    let result = text.replace(spelled, () => mask)
    for (const core of cores) result = withoutBase64(result, core, mask)
    return result
  }
}

const named: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }
const escaped: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', '\n': 'n', '\r': 'r', '\t': 't' }

/** One character as it is, percent-encoded in either case, as a form's plus, escaped as in JSON, or as an HTML entity. */
function spellings(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const percent = Array.from(new TextEncoder().encode(character), (byte) => `%${anyCase(hex(byte, 2))}`).join('')
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  const forms = [literal(character), percent, units.map((unit) => `\\\\u${anyCase(hex(unit, 4))}`).join('')]
  if (character === ' ') forms.push('\\+')
  if (escaped[character]) forms.push(`\\\\${literal(escaped[character])}`)
  if (/[&<>"']/.test(character)) forms.push(`&(?:${named[character]}|#0*${code}|#[xX]0*${anyCase(hex(code, 2))});`)
  // The longest first: `\\` must not be taken for `\` with a rest.
  return `(?:${forms.sort((a, b) => b.length - a.length).join('|')})`
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
const anyCase = (text: string) => text.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')

/**
 * The part of a secret's base64 that does not depend on what stands before and after it, for each of the three ways it can
 * fall on groups of three bytes; in the alphabet of base64url.
 */
function base64Cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((offset) => {
    const padded = new Uint8Array(offset + bytes.length)
    padded.set(bytes, offset)
    const encoded = base64Url(btoa(Array.from(padded, (byte) => String.fromCharCode(byte)).join('')))
    return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6))
  })
}

const base64Url = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_')
const isBase64 = (character: string | undefined) => character !== undefined && /[\w+/-]/.test(character)

/** Replaces the whole base64 word around each place where the core stands. */
function withoutBase64(text: string, core: string, mask: string): string {
  const uniform = base64Url(text)
  let result = ''
  let end = 0
  for (let at = uniform.indexOf(core); at >= 0; at = uniform.indexOf(core, end)) {
    let start = at
    while (start > end && isBase64(text[start - 1])) start--
    result += text.slice(end, start) + mask
    end = at + core.length
    while (isBase64(text[end])) end++
    while (text[end] === '=') end++
  }
  return end === 0 ? text : result + text.slice(end)
}
