import type { RawAnswer } from '../core/call.ts'
import { DmarcReportError, UnexpectedAnswerError } from '../core/errors.ts'
import type { Query } from '../core/path.ts'
import { BodyTooLarge } from '../core/read-bounded.ts'
import { withCall } from '../core/with-call.ts'
import { asList, asObject, integer } from '../read/json.ts'

/** How a list of reports is read. */
export interface ReportPages<Entry> {
  /** Key of the list in the answer. */
  key: string
  /** What an entry is, for messages. */
  what: string
  fetchPage(query: Query): Promise<RawAnswer>
  read(value: unknown): Entry | undefined
  /** Entries per page to ask for. */
  perPage: number
}

/** The vendor's default, which a server answers with that does not know `per`. */
const usualPage = 25
/** No list of reports is longer. A server that invents pages for ever is stopped here. */
const mostPages = 10_000

/**
 * The entries of a list of reports, page by page, with as few requests as prove that it is complete: the count agrees, or a page is
 * empty, short or repeats earlier ones. Reports are only added, so the list is not read twice. An answer that is too large is
 * asked for in smaller pages.
 */
export async function* reportPages<Entry extends { id: number }>(
  source: ReportPages<Entry>,
): AsyncGenerator<Entry[], void, undefined> {
  const seen = new Set<number>()
  let per = source.perPage
  let page = 1
  for (let requests = 1; requests <= mostPages; requests++) {
    let answer: RawAnswer
    try {
      answer = await source.fetchPage({ page, per })
    } catch (error) {
      if (!isTooLarge(error) || per === 1) throw error
      const smaller = Math.ceil(per / 2)
      page = Math.floor(((page - 1) * per) / smaller) + 1
      per = smaller
      continue
    }
    const all = entriesOf(answer, source)
    const fresh = all.filter(({ id }) => !seen.has(id) && seen.add(id))
    if (fresh.length > 0) yield fresh
    const { total, perPage } = metaOf(answer.body)
    if (all.length === 0 || seen.size === total) return
    const more = total !== undefined && total > seen.size
    if (fresh.length === 0) {
      if (!more) return
      throw incomplete(source, answer, `page ${page} repeats earlier ones, and ${seen.size} of ${total} were found`)
    }
    const full = all.length >= (perPage ?? per) || (perPage === undefined && all.length === usualPage)
    if (!full && !more) return
    page++
  }
  throw new UnexpectedAnswerError(`The list of ${source.what} has no end after ${mostPages} requests.`)
}

function entriesOf<Entry>({ body, ...answer }: RawAnswer, { key, what, read }: ReportPages<Entry>): Entry[] {
  const top = asObject(body)
  const list = Array.isArray(body) ? body : asList(top?.[key] ?? asObject(top?.data)?.[key] ?? top?.data)
  const entries = list?.map(read)
  const broken = entries?.indexOf(undefined) ?? 0
  if (!entries || broken >= 0) {
    throw withCall(
      new UnexpectedAnswerError(
        entries
          ? `Entry ${broken + 1} of the list of ${what} cannot be read.`
          : `Expected a list of ${what}, found an answer without one. Check that the base URL is that of the API.`,
      ),
      answer,
    )
  }
  return entries as Entry[]
}

/** The vendor counts the entries of every list of reports as `total_reports`. Its total of pages has been seen to be wrong. */
function metaOf(body: unknown): { total: number | undefined; perPage: number | undefined } {
  const meta = asObject(asObject(body)?.meta)
  const perPage = integer(meta?.per_page)
  return { total: integer(meta?.total_reports ?? meta?.total_problems), perPage: perPage === 0 ? undefined : perPage }
}

const incomplete = (source: { what: string }, answer: RawAnswer, why: string) =>
  withCall(new UnexpectedAnswerError(`The list of ${source.what} cannot be read completely: ${why}.`), answer)

const isTooLarge = (error: unknown): boolean => error instanceof DmarcReportError && error.cause instanceof BodyTooLarge
