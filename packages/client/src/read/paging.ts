import { asObject, integer, type Json, text } from './json.ts'

/** What an answer says about the pages of its list. */
export interface Paging {
  current: number | undefined
  totalPages: number | undefined
  /** Entries of all pages. */
  total: number | undefined
  /** The count has a name that may also mean the entries of this page. */
  ambiguous: boolean
  perPage: number | undefined
  /** How to ask for the next page; null where the answer says that there is none, undefined where it says nothing. */
  next: Readonly<Record<string, string>> | null | undefined
  /** The name of the parameter in `next` is a guess. */
  guessed: boolean
  /** Whether the answer says that there is more, without saying how to ask for it. */
  more: boolean | undefined
}

/**
 * Reads the usual ways to page: `meta`, `pagination` or `paging` with `total_pages`, `total_…`, `next_page`, `has_more`,
 * cursors, `limit` and `offset`; the same at the top level; `Link: <…>; rel="next"` (RFC 8288); `Content-Range`, and
 * `X-Total`, `X-Total-Pages`, `X-Next-Page` headers.
 *
 * @param key of the list, whose count may be called `total_<key>`
 * @param shown entries of this page
 */
export function readPaging(
  body: unknown,
  headers: Readonly<Record<string, string>>,
  key: string,
  shown: number,
): Paging {
  const top = asObject(body)
  const inner = [top, asObject(top?.data)].flatMap((object) =>
    ['meta', 'pagination', 'paging', 'page_info', 'cursor', 'cursors'].flatMap((name): Json[] => {
      const place = asObject(object?.[name])
      return place ? [asObject(place.pagination) ?? place, place] : []
    }),
  )
  const places: readonly Json[] = [...inner, ...(top ? [top] : [])]
  const values = (...names: string[]) => places.flatMap((place) => names.map((name) => place[name]))
  // Below zero, as some write a count that they did not make, it says nothing; nor does zero beside entries.
  const least = shown > 0 ? 1 : 0
  const atLeast = (least: number, value: number | undefined) =>
    value !== undefined && value >= least ? value : undefined
  const number = (...names: string[]) => values(...names).flatMap((value) => atLeast(0, integer(value)) ?? [])[0]
  const header = (...names: string[]) => names.flatMap((name) => integer(headers[name]?.trim()) ?? [])[0]
  const flagged = (...names: string[]) => values(...names).find((value) => typeof value === 'boolean')
  const links = readLinks(headers.link)
  const whole =
    number(
      `total_${key}`,
      'total_count',
      'total_entries',
      'total_items',
      'total_records',
      'totalCount',
      'totalElements',
    ) ?? rangeOf(headers['content-range'])
  const total = atLeast(least, whole ?? number('total', 'count') ?? header('x-total', 'x-total-count', 'total'))
  const [offset, limit] = [number('offset'), number('limit')]
  const more = [flagged('has_more', 'hasMore', 'has_next', 'has_next_page', 'hasNextPage', 'more')]
  const statements = [nextIn(places, more[0] === false), links?.next, nextHeader(headers['x-next-page'])].filter(
    (next) => next !== undefined,
  )
  // An answer that calls itself incomplete is.
  if (values('next', 'next_page', 'next_url').some((value) => value === true || asObject(value))) more.push(true)
  if (flagged('partial', 'truncated', 'incomplete', 'incomplete_results', 'is_truncated', 'isTruncated')) {
    more.push(true)
  }
  const named = statements.find((next) => next !== null)
  return {
    current: number('current_page', 'currentPage', 'page', 'page_number') ?? header('x-page'),
    totalPages: atLeast(
      least,
      number('total_pages', 'last_page', 'page_count', 'totalPages') ?? header('x-total-pages') ?? links?.lastPage,
    ),
    total,
    ambiguous: whole === undefined,
    perPage: number('per_page', 'page_size') ?? header('x-per-page', 'per-page'),
    // One that names the next page is more than one that does not.
    next:
      named ??
      (offset !== undefined && limit !== undefined && shown >= limit && shown > 0
        ? { offset: String(offset + shown), limit: String(limit) }
        : statements[0]),
    guessed: Boolean(named && guesses.has(named)),
    more: more.includes(true) || (more.includes(false) ? false : undefined),
  }
}

/** The parameter that asks for what comes after a cursor, by the name of the field that holds it. */
const cursors: Readonly<Record<string, string>> = {
  next_cursor: 'cursor',
  nextCursor: 'cursor',
  end_cursor: 'after',
  endCursor: 'after',
  after: 'after',
  next_page_token: 'page_token',
  nextPageToken: 'pageToken',
  next_token: 'token',
}

/** Queries whose parameter has a name that the answer does not tell. */
const guesses = new WeakSet<object>()
function guess(cursor: string): Readonly<Record<string, string>> {
  const query = { cursor }
  guesses.add(query)
  return query
}

/** @param isLast whether the answer says that this is the last page: then the end of it is no place to go on from */
function nextIn(places: readonly Json[], isLast: boolean): Paging['next'] {
  let last: null | undefined
  for (const place of places) {
    const links = asObject(place.links) ?? asObject(place._links)
    const link = asObject(links?.next) ?? asObject(place.next)
    for (const [name, value] of [
      ...['next_page', 'next_page_url', 'next_url', 'next'].map((field) => [field, place[field]] as const),
      ['next', link ? link.href : links?.next] as const,
      ...Object.keys(cursors).map((field) => [field, place[field]] as const),
    ]) {
      if (value === null || value === '' || value === false) last = null
      const given = text(value)
      if (!given) continue
      if (cursors[name]) {
        if (isLast) continue
        return { [cursors[name]]: given }
      }
      if (integer(given) !== undefined) return { page: given }
      // Neither a page nor a URL: a cursor without a name.
      return queryOf(given) ?? guess(given)
    }
  }
  return last
}

/** What a `Link` header says. One without `rel=next` says that this is the last page, unless its last page is another. */
function readLinks(header: string | undefined): { next: Paging['next']; lastPage: number | undefined } | undefined {
  if (header === undefined) return undefined
  const relations = [...header.matchAll(/<([^>]*)>([^<]*)/g)].map(([, url = '', rest = '']) => ({
    url,
    relation: /;\s*rel\s*=\s*"?([^";,]*)"?/i.exec(rest)?.[1]?.toLowerCase().split(/\s+/) ?? [],
  }))
  const urlOf = (wanted: string) => relations.find(({ relation }) => relation.includes(wanted))?.url
  const [next, last] = [urlOf('next'), urlOf('last')]
  const others = ['prev', 'previous', 'first', 'last'].some((relation) => urlOf(relation) !== undefined)
  return {
    next: next === undefined ? (others ? null : undefined) : queryOf(next),
    lastPage: integer(queryOf(last ?? '')?.page),
  }
}

const nextHeader = (header: string | undefined): Paging['next'] =>
  header === undefined ? undefined : integer(header.trim()) === undefined ? null : { page: header.trim() }

/** `domains 0-9/30` (RFC 9110 section 14.4) has 30 in all. */
const rangeOf = (header: string | undefined): number | undefined => integer(/\/(\d+)\s*$/.exec(header ?? '')?.[1])

/** Only the query is taken: the path and the host stay those of the first page, so that the token goes nowhere else. */
function queryOf(url: string): Readonly<Record<string, string>> | undefined {
  if (!URL.canParse(url, 'http://x')) return undefined
  const query = Object.fromEntries(new URL(url, 'http://x').searchParams)
  return Object.keys(query).length > 0 ? query : undefined
}
