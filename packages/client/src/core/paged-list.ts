import type { ListSource, Page } from './list.ts'
import { load } from './load.ts'

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
