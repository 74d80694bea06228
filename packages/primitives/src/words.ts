const types = { and: 'conjunction', or: 'disjunction' } as const

// Made by the first list: the data of a language takes ten milliseconds to load, which every program would pay at its start.
const formats = new Map<keyof typeof types, Intl.ListFormat>()

function formatOf(conjunction: keyof typeof types): Intl.ListFormat {
  const known = formats.get(conjunction)
  if (known) return known
  const format = new Intl.ListFormat('en-GB', { type: types[conjunction] })
  formats.set(conjunction, format)
  return format
}

export interface WordListOptions {
  /** @default and */
  conjunction?: 'and' | 'or' | undefined
  /** Names at most so many and counts the others. @default all of them */
  most?: number | undefined
}

/** `a`, `a and b`, `a, b and c`, or `a, b and 10 more`. Empty for an empty list. */
export function wordList(words: readonly string[], options: WordListOptions = {}): string {
  const { conjunction = 'and', most = words.length } = options
  const shown = words.slice(0, most)
  const rest = words.length - shown.length
  return formatOf(conjunction).format(rest > 0 ? [...shown, `${rest} more`] : shown)
}

/** A count with its noun: `1 domain`, `2 domains`. The plural is the noun with an s where none is given. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}
