import type { RawAnswer, ResponseInfo } from './call.ts'
import { load } from './load.ts'
import type { Query } from './path.ts'

/** How a list is read. */
export interface ListOptions {
  /** Entries per page. Left out, the server decides: ours answers whole lists, the vendor perhaps pages of 25. */
  perPage?: number | undefined
}

/** What the server says about the pages of a list. */
export interface PageMeta {
  /** From 1. */
  current_page: number
  /** At least 1 where there are entries. */
  total_pages: number
  /** Entries per page, where the server tells. */
  per_page?: number
}

/** One page of a list. */
export interface Page<Entry> {
  /** From 1. */
  number: number
  /** Entries that no earlier page had. */
  items: Entry[]
  /** Undefined where the server does not tell. */
  meta: PageMeta | undefined
  /** The answer that the page came in. */
  response: ResponseInfo
}

export interface ListSource<Entry> {
  /** Key of the list in the answer. */
  key: string
  fetchPage(query: Query): Promise<RawAnswer>
  read(value: unknown): Entry | undefined
  /** For answers of another shape than one list under one key. */
  readAll?(answer: unknown): (Entry | undefined)[] | undefined
  perPage: number | undefined
  /** Whether the server is known to answer whole lists where no page is asked for (the extension `paging`). */
  wholeByDefault?(): Promise<boolean>
}

/**
 * A list that is fetched while it is read: `for await (const domain of client.domains.list())`. Each iteration starts again from the first page.
 *
 * A list is complete by proof, or reading it fails: nothing that the server says about pages, counts and cursors speaks of
 * more, or one more request brought nothing new. One of several pages is read again until two readings show the same, since an
 * entry that is deleted from an earlier page moves another one to where nobody looks, and no count tells when one is added, too.
 * So is one that announced a page which then is empty or not there.
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
    const { walkList } = await load(() => import('./walk-list.ts'))
    yield* walkList(this.#source)
  }
}
