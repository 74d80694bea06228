/** What no terminal shows as itself: controls, invisible and direction-changing characters, every space but the plain one. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

/** Text from outside, safe to print on a terminal: hidden characters become `\x1b` or `\u{202e}`. */
export function printable(text: string): string {
  return text.replace(hidden, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16)
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`
  })
}
