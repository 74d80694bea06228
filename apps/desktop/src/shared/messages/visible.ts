/** Control characters but tab and line feed, and those that turn the direction of what follows. */
const unseen = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** Text from elsewhere, for a place where it stands among other text: what nobody sees cannot change how the rest is read. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => (character === '\n' || character === '\t' ? character : '\ufffd'))
}
