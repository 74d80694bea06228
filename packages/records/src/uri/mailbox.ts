/** The most characters of a local part (RFC 5321 4.5.3.1.1). */
const longestLocalPart = 64

/**
 * RFC 5322 3.2.3 and RFC 6532: runs of these, with single dots between them. `,` and `;` belong into quotes; they are taken
 * without, because RFC 9989 4.8 only asks for their encoding.
 */
const dotString = /^[\w!#$%&'*+,;\-/=?^`{|}~\u0080-\u{10ffff}]+(?:\.[\w!#$%&'*+,;\-/=?^`{|}~\u0080-\u{10ffff}]+)*$/u

/** RFC 5322 3.2.4 within the line of an address: printable characters, `"` and `\` behind a backslash. */
const quotedString = /^"(?:[ !#-[\]-~\u00a0-\u{10ffff}]|\\[ -~])*"$/u

const isUnpaired = /\p{Cs}/u

/** The same in ASCII, which is quicker to judge. */
const asciiDotString = /^[\w!#$%&'*+,;\-/=?^`{|}~]+(?:\.[\w!#$%&'*+,;\-/=?^`{|}~]+)*$/

/** Whether a text, without percent-encoding, is the local part of a mail address. */
export function isLocalPart(text: string): boolean {
  if (text.length > longestLocalPart) return false
  if (asciiDotString.test(text)) return true
  return !isUnpaired.test(text) && (dotString.test(text) || quotedString.test(text))
}

/** A local part as a `mailto:` of a comma-separated list holds it (RFC 6068 2; RFC 9989 4.8 for `,` `!` `;`). */
export function encodeLocalPart(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!()]/g, percentEncoded)
    .replace(/%(?:24|2B)/g, decodeURIComponent)
}

/** The text of a percent-encoded part; undefined where it is not UTF-8. */
export function percentDecoded(text: string): string | undefined {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

export const percentEncoded = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
