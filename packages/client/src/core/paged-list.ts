import { readEntries } from '../read/page.ts'
import { type Paging, readPaging } from '../read/paging.ts'
import type { RawAnswer, ResponseInfo } from './call.ts'
import { isPage, page } from './describe-answer.ts'
import { AbortedError, NotFoundError, UnexpectedAnswerError } from './errors.ts'
import type { Query } from './path.ts'
import { withCall } from './with-call.ts'

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

/** No list is longer. A server that invents pages for ever is stopped here. */
const mostPages = 10_000
/** Pages in a row that bring nothing new, although the server says that there are more. */
const mostStalled = 3
/** A list that changes while it is read is read again, so often. */
const mostWalks = 5

/** The progress of reading a list after a page. */
interface Reading {
  number: number
  paging: Paging
  /** Pages in a row that brought nothing new. */
  stalled: number
  /** Different entries so far. */
  known: number
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
 * A list is complete by proof, or reading it fails: the count the server gives is reached, the page it calls the last has
 * been seen, or one more request brought nothing new. One that changes while its pages are read (an entry deleted from an
 * earlier page moves another one to where nobody looks) is read again until a whole reading shows no change.
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
    const latest: { answer?: RawAnswer } = {}
    try {
      yield* this.#walk(latest)
    } catch (error) {
      const { answer } = latest
      throw error instanceof UnexpectedAnswerError && !error.call && answer ? withCall(error, answer) : error
    }
  }

  async *#walk(latest: { answer?: RawAnswer }): AsyncGenerator<Page<Entry>, void, undefined> {
    const seen = new Set<number>()
    for (let walk = 1; walk <= mostWalks; walk++) {
      const ids = new Set<number>()
      const counts = new Set<string>()
      let brought = 0
      let filled = 0
      let stalled = 0
      let probing = false
      let total: number | undefined
      let number = 0
      for (let query: Query | undefined = this.#first(); query; ) {
        number++
        if (number > mostPages) throw this.#incomplete(`no end after ${mostPages} pages`)
        const answer = await this.#page(query, probing)
        if (!answer) break
        latest.answer = answer
        const { body, ...response } = answer
        const { headers } = response
        const entries = this.#read(body)
        const paging = readPaging(body, headers, this.#source.key)
        // The count of an answer that holds two lists is of one of them only.
        if (this.#source.readAll) paging.total = undefined
        const items = entries.filter((entry) => !seen.has(entry.id) && seen.add(entry.id))
        const fresh = entries.filter((entry) => !ids.has(entry.id) && ids.add(entry.id)).length
        brought += items.length
        filled += fresh > 0 ? 1 : 0
        stalled = fresh > 0 ? 0 : stalled + 1
        total = paging.total
        if (total !== undefined || paging.totalPages !== undefined) counts.add(`${total} ${paging.totalPages}`)
        if (items.length > 0 || (number === 1 && walk === 1)) yield { number, items, meta: metaOf(paging), response }
        probing = isSilent(paging)
        query = await this.#next({ number, paging, stalled, known: ids.size })
      }
      const steady = counts.size <= 1
      if (total !== undefined ? steady && ids.size >= total : filled <= 1) return
      // Without a count, only a second reading that brings nothing new shows that nothing moved between the pages.
      if (total === undefined && steady && walk > 1 && brought === 0) return
      if (walk === mostWalks) {
        throw this.#incomplete(
          total !== undefined && ids.size < total
            ? `found ${ids.size} of the ${total} entries it counts`
            : `it changed each of the ${mostWalks} times it was read`,
        )
      }
    }
  }

  #first(): Query {
    const { perPage } = this.#source
    return perPage === undefined ? {} : { page: 1, per: perPage }
  }

  /** How to ask for the page after this one; undefined when this was the last. */
  async #next({ number, paging, stalled, known }: Reading): Promise<Query | undefined> {
    const { next, total, totalPages } = paging
    const per = this.#source.perPage ?? paging.perPage
    if (next === null) return undefined
    if (next === undefined) {
      if (total !== undefined && known >= total) return undefined
      if (totalPages !== undefined && number >= totalPages) return undefined
    }
    if (stalled > 0) {
      const saysMore = next !== undefined || totalPages !== undefined
      if (!saysMore) return undefined
      // Entries may have moved to a page that was read before; but who repeats the same page has no others.
      if (stalled >= mostStalled) {
        if (total !== undefined) return undefined
        throw this.#incomplete(`page ${number} repeats earlier ones although the server says that there are more`)
      }
    }
    if (isSilent(paging) && number === 1 && this.#source.perPage === undefined && (await this.#isWhole()))
      return undefined
    return { page: number + 1, per, ...next }
  }

  /** A server may answer "not found" to a page that it did not announce; then there is none. */
  async #page(query: Query, probing: boolean) {
    try {
      return await this.#source.fetchPage(query)
    } catch (error) {
      if (probing && error instanceof NotFoundError) return undefined
      throw error
    }
  }

  async #isWhole(): Promise<boolean> {
    try {
      return (await this.#source.wholeByDefault?.()) ?? false
    } catch (error) {
      if (error instanceof AbortedError) throw error
      return false
    }
  }

  #incomplete(why: string): UnexpectedAnswerError {
    return new UnexpectedAnswerError(
      `The list of ${this.#source.key} cannot be read completely: ${why}. Try again; if it lasts, tell the operator of the server.`,
    )
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

/** Whether the server says nothing about pages. */
const isSilent = ({ next, total, totalPages }: Paging): boolean =>
  next === undefined && total === undefined && totalPages === undefined

function metaOf({ current, totalPages, perPage }: Paging): PageMeta | undefined {
  if (totalPages === undefined) return undefined
  return { current_page: current ?? 1, total_pages: totalPages, ...(perPage !== undefined && { per_page: perPage }) }
}
