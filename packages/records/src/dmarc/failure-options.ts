/** True for an `fo` value of RFC 9989 4.8: 0 or 1 at most once between them, d and s at most once each, no spaces. */
export function isFailureOptions(value: string): boolean {
  const words = value.split(':')
  if (!words.every((word) => /^[01ds]$/.test(word))) return false
  return new Set(words).size === words.length && !(words.includes('0') && words.includes('1'))
}

/**
 * The RFC 9989 form of an `fo` list RFC 7489 allowed, such as `0:1:d:s` -> `1:d:s`: repeats and spaces dropped, 0 dropped
 * beside 1 (1 asks for more). Undefined when a word is unknown.
 */
export function normaliseFailureOptions(value: string): string | undefined {
  const words = [
    ...new Set(
      value
        .toLowerCase()
        .split(':')
        .map((word) => word.trim()),
    ),
  ]
  const kept = words.includes('1') ? words.filter((word) => word !== '0') : words
  const normal = kept.join(':')
  return isFailureOptions(normal) ? normal : undefined
}
