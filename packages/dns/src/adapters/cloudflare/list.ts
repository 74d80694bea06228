import type { HttpClient } from '../http.ts'
import { readAllPages } from '../pager.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'

const shape = shapesOf('cloudflare')

/** One page of a list, and how many pages there are. */
export async function listPage(
  http: HttpClient,
  path: string,
  query: Record<string, string | number>,
  signal?: AbortSignal,
): Promise<{ results: JsonObject[]; pages: number }> {
  const { body } = await http(path, { query, signal })
  const answer = shape.object(body, 'a JSON object')
  const results = shape.list(answer.result, 'the list "result"')
  const total = isObject(answer.result_info) ? Number(answer.result_info.total_pages) : Number.NaN
  return { results, pages: Number.isNaN(total) ? 1 : total }
}

/** All results of a list. `total_pages` ends it, and so does an empty page. */
export function listAll(
  http: HttpClient,
  path: string,
  query: Record<string, string>,
  perPage: number,
  signal?: AbortSignal,
): Promise<JsonObject[]> {
  return readAllPages(
    async (page: number = 1) => {
      const { results, pages } = await listPage(http, path, { ...query, page, per_page: perPage }, signal)
      return { items: results, next: results.length > 0 && page < pages ? page + 1 : undefined }
    },
    { service: 'cloudflare', signal },
  )
}
