import type { PageQuery } from '@dmarc-as-code/client/contract'

/** The vendor's default page size. */
const defaultPer = 25

/** One page of a list. Lists are complete unless `page` or `per` is sent. */
export interface Page {
  limit: number
  offset: number
  meta: (total: number) => { current_page: number; per_page: number; total_pages: number }
}

export function pageOf(query: PageQuery): Page | undefined {
  if (query.page === undefined && query.per === undefined) return undefined
  const page = query.page ?? 1
  const per = query.per ?? defaultPer
  return {
    limit: per,
    offset: (page - 1) * per,
    meta: (total) => ({ current_page: page, per_page: per, total_pages: Math.ceil(total / per) }),
  }
}
