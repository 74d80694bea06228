import { type PageMeta, readEntries, readPageMeta } from '../read/page.ts'
import { isPage, page } from './describe-answer.ts'
import { UnexpectedAnswerError } from './errors.ts'
import type { Query } from './path.ts'

export interface ListOptions {
  /** Entries per page. Left out, the server decides: ours answers whole lists, the vendor perhaps pages of 25. */
  perPage?: number | undefined
}

export interface Page<Entry> {
  /** From 1. */
  number: number
  /** Entries that no earlier page had. */
  items: Entry[]
  /** Undefined where the server does not tell. */
  meta: PageMeta | undefined
}

/** Page sizes a server may cut a list at without saying so: the vendor's default, and its largest. */
const silentPageSizes: readonly number[] = [25, 100]

/** No list is longer; a server that invents pages for ever is stopped here. */
const mostPages = 10_000

export interface ListSource<Entry> {
  /** Key of the list in the answer. */
  key: string
  fetchPage(query: Query): Promise<unknown>
  read(value: unknown): Entry | undefined
  /** For answers of another shape than one list under one key. */
  readAll?(answer: unknown): (Entry | undefined)[] | undefined
  perPage: number | undefined
}

/**
 * A list that is fetched while it is read: `for await (const domain of client.domains.list())`. Each iteration starts
 * anew. Follows `meta.total_pages`; where there is no `meta`, it asks on only when the list might have been cut, and stops
 * at the page that brings nothing new (a server that ignores `page` sends the same list again).
 */
export class PagedList<Entry extends { id: number }> implements AsyncIterable<Entry> {
  readonly #source: ListSource<Entry>

  constructor(source: ListSource<Entry>) {
    this.#source = source
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Entry, void, undefined> {
    for await (const page of this.pages()) yield* page.items
  }

  /** Every entry of every page. */
  async all(): Promise<Entry[]> {
    const entries: Entry[] = []
    for await (const entry of this) entries.push(entry)
    return entries
  }

  /** Page by page, for those who show progress or stop early. */
  async *pages(): AsyncGenerator<Page<Entry>, void, undefined> {
    const { perPage, fetchPage } = this.#source
    const seen = new Set<number>()
    let per = perPage
    for (let number = 1; number <= mostPages; number++) {
      const asked = number === 1 && per === undefined ? {} : { page: number, per }
      const answer = await fetchPage(asked)
      const entries = this.#read(answer)
      const meta = readPageMeta(answer)
      const items = entries.filter((entry) => !seen.has(entry.id) && seen.add(entry.id))
      if (items.length > 0 || number === 1) yield { number, items, meta }
      if (items.length === 0) return
      if (meta) {
        if (number >= meta.total_pages) return
        per ??= meta.per_page
      } else if (perPage === undefined ? !silentPageSizes.includes(entries.length) : entries.length !== perPage) {
        return
      }
    }
  }

  #read(answer: unknown): Entry[] {
    const { key, read, readAll } = this.#source
    const entries = readAll ? readAll(answer) : readEntries(answer, key)?.map(read)
    // Leaving out what cannot be read would make a domain look deleted.
    const broken = entries ? entries.indexOf(undefined) : -1
    if (!entries || broken >= 0) {
      throw new UnexpectedAnswerError(
        entries
          ? `Entry ${broken + 1} of the list of ${key} cannot be read: it lacks its id or its name.`
          : `Expected a list of ${key}, found ${isPage(answer) ? page : 'an answer without one'}. Check that the base URL is that of the API.`,
      )
    }
    return entries as Entry[]
  }
}
