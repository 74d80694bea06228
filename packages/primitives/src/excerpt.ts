/** Longest text from outside that goes into a message; the rest only fills logs. */
const longestText = 2000

/** Puts a text from outside on one line and shortens it, saying how long it was. */
export function excerpt(text: string, longest = longestText): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > longest ? `${flat.slice(0, longest)}… (${flat.length} characters)` : flat
}
