/** Characters that XML 1.0 section 2.2 does not allow, but for surrogates. */
const forbidden = '[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]'
const loneSurrogate = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'
const hasForbidden = new RegExp(forbidden)
const everyForbidden = new RegExp(forbidden, 'g')
const everyUnwritable = new RegExp(`${forbidden}|${loneSurrogate}`, 'g')

/** Whether `withoutForbidden` would change the text. */
export function hasForbiddenCharacters(text: string): boolean {
  return hasForbidden.test(text)
}

export function withoutForbidden(text: string): string {
  return text.replace(everyForbidden, '')
}

/** Escapes for element content and double-quoted attributes; characters that XML cannot hold are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(everyUnwritable, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;')
}
