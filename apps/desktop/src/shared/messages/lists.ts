import { locale, plural } from './messages.ts'

/** `a`, `a and b`, `a, b and 10 more`, in the language of the app. */
export function listOf(words: readonly string[], most: number = words.length): string {
  const shown = words.slice(0, most)
  const rest = words.length - shown.length
  // British English has no comma before "and".
  const format = new Intl.ListFormat(locale() === 'en' ? 'en-GB' : locale(), { type: 'conjunction' })
  return format.format(rest > 0 ? [...shown, plural('{count} more|{count} more', rest)] : shown)
}
