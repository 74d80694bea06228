import type { ListRow } from './row-layout.ts'

interface Key {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** The row that a key leads to; undefined for keys that move nothing. `page` is the number of rows on screen. */
export function rowAfter(pressed: Key, rows: readonly ListRow[], from: number, page: number): ListRow | undefined {
  if (pressed.altKey || pressed.ctrlKey || pressed.metaKey) return undefined
  const last = rows.length - 1
  const at = (index: number) => rows[Math.min(Math.max(index, 0), last)]
  switch (pressed.key) {
    case 'ArrowDown':
      return at(from + 1)
    case 'ArrowUp':
      return at(from - 1)
    case 'PageDown':
      return at(from + page)
    case 'PageUp':
      return at(from - page)
    case 'Home':
      return at(0)
    case 'End':
      return at(last)
    default:
      return undefined
  }
}

/** Milliseconds after which the next letter begins another name. */
const typingPause = 1000

/** Letters lead to the next domain whose name begins with them, as in a file manager. */
export class TypeAhead {
  #typed = ''
  #last = Number.NEGATIVE_INFINITY

  /** `at` is the time of the key in milliseconds, on any clock that only goes forward. */
  next(letter: string, at: number, rows: readonly ListRow[], from: number): ListRow | undefined {
    const isNew = at - this.#last > typingPause
    this.#last = at
    this.#typed = (isNew ? '' : this.#typed) + letter.toLowerCase()
    // A first letter leaves the row one is on; the letters after it may stay.
    const begin = isNew ? from + 1 : from
    const ordered = [...rows.slice(begin), ...rows.slice(0, begin)]
    return ordered.find(({ domain }) => domain.title.toLowerCase().startsWith(this.#typed))
  }
}
