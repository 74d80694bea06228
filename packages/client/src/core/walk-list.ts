import { readEntries } from '../read/page.ts'
import { type Paging, readPaging } from '../read/paging.ts'
import type { RawAnswer } from './call.ts'
import { isPage, page } from './describe-answer.ts'
import { ApiError, UnexpectedAnswerError } from './errors.ts'
import type { ListSource, Page, PageMeta } from './list.ts'
import type { Query } from './path.ts'
import { withCall } from './with-call.ts'

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

/** A list, whatever its entries. */
type AnySource = Pick<ListSource<never>, 'key' | 'perPage' | 'fetchPage' | 'wholeByDefault'>

/** Every page of a list, read until it is complete by proof. */
export async function* walkList<Entry extends { id: number }>(
  source: ListSource<Entry>,
): AsyncGenerator<Page<Entry>, void, undefined> {
  const latest: { answer?: RawAnswer } = {}
  try {
    yield* walk(source, latest)
  } catch (error) {
    const { answer } = latest
    throw error instanceof UnexpectedAnswerError && !error.call && answer ? withCall(error, answer) : error
  }
}

async function* walk<Entry extends { id: number }>(
  source: ListSource<Entry>,
  latest: { answer?: RawAnswer },
): AsyncGenerator<Page<Entry>, void, undefined> {
  const seen = new Set<number>()
  let earlier = ''
  let missing = ''
  for (let walk = 1; walk <= mostWalks; walk++) {
    const ids = new Set<number>()
    let filled = 0
    let stalled = 0
    let probing = false
    let guessed = false
    let announced = false
    let refusal: ApiError | undefined
    let total: number | undefined
    let number = 0
    for (let query: Query | undefined = first(source); query; ) {
      number++
      if (number > mostPages) throw incomplete(source, `no end after ${mostPages} pages`)
      announced ||= number > 1 && !probing
      const answer = await fetchPage(source, query, number, probing)
      if (answer instanceof ApiError) refusal = answer
      if (!answer || answer instanceof ApiError) break
      latest.answer = answer
      const { body, ...response } = answer
      const entries = readPage(source, body)
      const paging = readPaging(body, response.headers, source.key, entries.length)
      // Part of a list, which does not say of how much.
      if (partial.includes(answer.status) && isSilent(paging)) paging.more = true
      // The count of an answer that holds two lists is of one of them only.
      if (source.readAll) paging.total = undefined
      const items = entries.filter((entry) => !seen.has(entry.id) && seen.add(entry.id))
      const fresh = entries.filter((entry) => !ids.has(entry.id) && ids.add(entry.id)).length
      filled += fresh > 0 ? 1 : 0
      stalled = fresh > 0 ? 0 : stalled + 1
      if (guessed && fresh === 0) throw incomplete(source, `page ${number} cannot be asked for`)
      guessed = paging.guessed
      // Below what was seen, it counts something else, such as the entries of one page.
      if (paging.total !== undefined && paging.total < ids.size) paging.total = undefined
      total = paging.total
      if (items.length > 0 || (number === 1 && walk === 1)) yield { number, items, meta: metaOf(paging), response }
      const reading = { number, paging, stalled, known: ids.size }
      query = await nextQuery(source, reading)
      probing = !saysMore(reading)
    }
    const now = [...ids].sort().join()
    missing = total !== undefined && total > ids.size ? `found ${ids.size} of the ${total} entries it counts` : ''
    if (refusal) missing = `a page that it announced is not there (${refusal.message})`
    if (missing === '' && ((filled <= 1 && !announced) || now === earlier)) return
    // A count that two readings alike do not reach will not be reached.
    if (missing !== '' && now === earlier) break
    earlier = now
  }
  throw incomplete(source, missing || `it changed each of the ${mostWalks} times it was read`)
}

function first({ perPage }: AnySource): Query {
  return perPage === undefined ? {} : { page: 1, per: perPage }
}

/** How to ask for the page after this one; undefined when this was the last. */
async function nextQuery(source: AnySource, reading: Reading): Promise<Query | undefined> {
  const { number, paging, stalled } = reading
  const { next, total, totalPages } = paging
  const more = saysMore(reading)
  if (stalled > 0) {
    // One more request has found nothing.
    if (!more) return undefined
    // Entries may have moved to a page that was read before; but who repeats the same page has no others.
    if (stalled >= mostStalled) {
      if (total !== undefined && !next && !paging.more) return undefined
      throw incomplete(source, `page ${number} repeats earlier ones although the server says that there are more`)
    }
  }
  if (!more && (saysEnd(reading) || (isSilent(paging) && number === 1 && (await isWhole(source))))) return undefined
  // Entries have moved to an earlier page: the next reading will find them there.
  if (totalPages !== undefined && number >= totalPages && !next && !paging.more) return undefined
  // What names the next page by something else than its number says all there is to say.
  if (next && !('page' in next && Object.keys(next).length === 1)) return next
  // Some count from 0, and say so.
  const following = paging.current === number - 1 ? number : number + 1
  return { page: following, per: source.perPage ?? paging.perPage, ...next }
}

/**
 * A server may refuse a page that it did not announce; then there is none. The refusal of one that it did announce is
 * answered: the list may have become shorter.
 */
async function fetchPage(
  source: AnySource,
  query: Query,
  number: number,
  probing: boolean,
): Promise<RawAnswer | ApiError | undefined> {
  try {
    const answer = await source.fetchPage(query)
    return probing && answer.status === 204 ? undefined : answer
  } catch (error) {
    if (number === 1 || !(error instanceof ApiError) || !noSuchPage.includes(error.status)) throw error
    return probing ? undefined : error
  }
}

async function isWhole(source: AnySource): Promise<boolean> {
  return source.perPage === undefined && ((await source.wholeByDefault?.()) ?? false)
}

function incomplete({ key }: AnySource, why: string): UnexpectedAnswerError {
  return new UnexpectedAnswerError(
    `The list of ${key} cannot be read completely: ${why}. Try again; if it lasts, tell the operator of the server.`,
  )
}

function readPage<Entry>({ key, read, readAll }: ListSource<Entry>, answer: unknown): Entry[] {
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

/** 206 (RFC 9110 section 15.3.7) and 207 (RFC 4918): not, or not surely, the whole. */
const partial: readonly number[] = [206, 207]

/** Answers to a page that does not exist, or to a parameter that a server without pages does not know. */
const noSuchPage: readonly number[] = [400, 404, 410, 416, 422]

/** Whether anything says that this is not all. */
const saysMore = ({ number, known, paging: { next, more, total, totalPages } }: Reading): boolean =>
  Boolean(next || more) || (totalPages !== undefined && totalPages > number) || (total !== undefined && total > known)

/** Whether something says that this is all. A count that may be of this page only does not. */
const saysEnd = ({ number, known, paging: { next, more, total, totalPages, ambiguous } }: Reading): boolean =>
  next === null ||
  more === false ||
  (totalPages !== undefined && number >= totalPages) ||
  (total !== undefined && known >= total && !(ambiguous && number === 1 && known > 0))

/** Whether the server says nothing about pages. */
const isSilent = ({ next, more, total, totalPages }: Paging): boolean =>
  [next, more, total, totalPages].every((each) => each === undefined)

function metaOf({ current, totalPages, perPage }: Paging): PageMeta | undefined {
  if (totalPages === undefined) return undefined
  return { current_page: current ?? 1, total_pages: totalPages, ...(perPage !== undefined && { per_page: perPage }) }
}
