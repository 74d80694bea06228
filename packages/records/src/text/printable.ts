/**
 * What no terminal shows as itself: controls, line ends, characters that are invisible or change the direction of reading,
 * halves of characters, and every space but the plain one. Variation selectors stay: they only choose the look of a sign.
 */
const hidden =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{2800}]|(?! )\p{Zs}|(?![\u{fe00}-\u{fe0f}])\p{Default_Ignorable_Code_Point}/gu

const longestQuote = 80

/** Text from outside, safe to print on a terminal: hidden characters become `\x1b` or `\u{202e}`. */
export function printable(text: string): string {
  return text.replace(hidden, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16)
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`
  })
}

/** Text from outside as one line of a message holds it: printable, in backquotes, and cut after 80 characters. */
export function quoted(text: string): string {
  return `\`${printable(text.length > longestQuote ? `${text.slice(0, longestQuote)}...` : text)}\``
}
