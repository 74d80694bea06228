import { asObject, integer, type Json, text } from './json.ts'

/** What an answer says about the pages of its list. */
export interface Paging {
  current: number | undefined
  totalPages: number | undefined
  /** Entries of all pages. */
  total: number | undefined
  perPage: number | undefined
  /** How to ask for the next page; null where the answer says that there is none, undefined where it says nothing. */
  next: Readonly<Record<string, string>> | null | undefined
}

/**
 * Reads the usual ways to page: `meta`, `pagination` or `paging` with `total_pages`, `total_…`, `next_page`; the same at the
 * top level; `Link: <…>; rel="next"` (RFC 8288); and `X-Total`, `X-Total-Pages`, `X-Next-Page` headers.
 *
 * @param key of the list, whose count may be called `total_<key>`
 */
export function readPaging(body: unknown, headers: Readonly<Record<string, string>>, key: string): Paging {
  const top = asObject(body)
  const inner = [top, asObject(top?.data)].flatMap((object): Json[] =>
    ['meta', 'pagination', 'paging'].flatMap((name): Json[] =>
      asObject(object?.[name]) ? [object?.[name] as Json] : [],
    ),
  )
  // At the top level only names that cannot mean anything else.
  const places: readonly Json[] = [...inner, ...(top ? [top] : [])]
  const number = (...names: string[]) =>
    places.flatMap((place) => names.flatMap((name) => integer(place[name]) ?? []))[0]
  const header = (...names: string[]) => names.flatMap((name) => integer(headers[name]?.trim()) ?? [])[0]
  return {
    current: number('current_page') ?? header('x-page'),
    totalPages: number('total_pages') ?? header('x-total-pages'),
    total:
      number(`total_${key}`, 'total_count', 'total_entries', 'total_items', 'total_records', 'total') ??
      header('x-total', 'x-total-count', 'total'),
    perPage: number('per_page', 'page_size') ?? header('x-per-page', 'per-page'),
    next: nextIn(places) ?? nextLink(headers.link) ?? nextHeader(headers['x-next-page']),
  }
}

function nextIn(places: readonly Json[]): Paging['next'] {
  for (const place of places) {
    const links = asObject(place.links)
    for (const value of [place.next_page, place.next_page_url, place.next, links?.next]) {
      if (value === undefined) continue
      if (value === null || value === '' || value === false) return null
      const page = integer(value)
      if (page !== undefined) return { page: String(page) }
      const query = text(value) === undefined ? undefined : queryOf(String(value))
      if (query) return query
    }
  }
  return undefined
}

/** A `Link` header that has no `rel=next` says that this is the last page. */
function nextLink(header: string | undefined): Paging['next'] {
  if (header === undefined) return undefined
  const relations = [...header.matchAll(/<([^>]*)>([^<]*)/g)].map(([, url = '', rest = '']) => ({
    url,
    relation: /;\s*rel\s*=\s*"?([^";,]*)"?/i.exec(rest)?.[1]?.toLowerCase().split(/\s+/) ?? [],
  }))
  const next = relations.find(({ relation }) => relation.includes('next'))
  if (next) return queryOf(next.url)
  return relations.some(({ relation }) => relation.some((one) => /^(?:prev|previous|first|last)$/.test(one)))
    ? null
    : undefined
}

const nextHeader = (header: string | undefined): Paging['next'] =>
  header === undefined ? undefined : integer(header.trim()) === undefined ? null : { page: header.trim() }

/** Only the query is taken: the path and the host stay those of the first page, so that the token goes nowhere else. */
function queryOf(url: string): Readonly<Record<string, string>> | undefined {
  if (!URL.canParse(url, 'http://x')) return undefined
  const query = Object.fromEntries(new URL(url, 'http://x').searchParams)
  return Object.keys(query).length > 0 ? query : undefined
}
