import type { RawAnswer, ResponseInfo } from './call.ts'
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
