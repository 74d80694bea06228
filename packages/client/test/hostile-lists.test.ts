import { describe, expect, it } from 'vitest'
import { UnexpectedAnswerError } from '../src/index.ts'
import { fakeApi, type Reply, type Seen, vendorDomain } from './fake-api.ts'

const all = Array.from({ length: 30 }, (_, index) => vendorDomain(index + 1))

/** A page of ten. */
const page = (number: number) => all.slice((number - 1) * 10, number * 10)

type Say = (page: number, query: URLSearchParams) => Reply & { body: object }

/** A server without extensions, and the list that a client reads from it. */
async function list(say: (number: number, query: URLSearchParams) => Reply) {
  const api = await fakeApi(({ path }: Seen) => {
    if (path === '/v2/capabilities') return { status: 404 }
    const query = new URL(path, 'http://x').searchParams
    return say(Number(query.get('page') ?? 1), query)
  })
  const ids = async () => (await api.client.domains.list().all()).map(({ id }) => id)
  return { ...api, ids }
}
const cursorOf = (query: URLSearchParams, name = 'cursor') => Number(query.get(name) ?? 1)

describe('a list is read to its end', () => {
  const shapes: [string, Say][] = [
    [
      'where the count is that of one page',
      (n) => ({ body: { domains: page(n), total: page(n).length, total_pages: 3 } }),
    ],
    ['where the only count is that of one page', (n) => ({ body: { domains: page(n), total: page(n).length } })],
    ['where `count` is that of one page', (n) => ({ body: { domains: page(n), count: page(n).length } })],
    [
      'where a named count is that of one page',
      (n) => ({ body: { domains: page(n), meta: { total_domains: 10, total_pages: 3 } } }),
    ],
    [
      'where the count is that of one page, beside next_page',
      (n) => ({ body: { domains: page(n), meta: { total: 10, next_page: n < 3 ? n + 1 : null } } }),
    ],
    [
      'by X-Total-Pages beside an X-Total of one page',
      (n) => ({ headers: { 'x-total': '10', 'x-total-pages': '3' }, body: { domains: page(n) } }),
    ],
    [
      'by doubled X-Total-Pages',
      (n) => ({ headers: { 'x-total': '10', 'x-total-pages': '3, 3' }, body: { domains: page(n) } }),
    ],
    ['by X-Total alone', (n) => ({ headers: { 'x-total': '10' }, body: { domains: page(n) } })],
    [
      'by total_pages beside next_page: null',
      (n) => ({ body: { domains: page(n), meta: { total_pages: 3, next_page: null } } }),
    ],
    ['by has_more alone', (n) => ({ body: { domains: page(n), has_more: n < 3 } })],
    [
      'by has_more and next_cursor',
      (_, query) => {
        const at = cursorOf(query)
        return { body: { domains: page(at), has_more: at < 3, next_cursor: at < 3 ? String(at + 1) : null } }
      },
    ],
    [
      'by a cursor in pageInfo',
      (_, query) => {
        const at = cursorOf(query, 'after')
        return { body: { domains: page(at), meta: { has_next_page: at < 3, end_cursor: String(at + 1) } } }
      },
    ],
    [
      'by next_page_token',
      (_, query) => {
        const at = cursorOf(query, 'page_token')
        return { body: { domains: page(at), ...(at < 3 && { next_page_token: String(at + 1) }) } }
      },
    ],
    [
      'by a token called next',
      (_, query) => {
        const at = Number(query.get('cursor')?.slice(1) ?? 1)
        return { body: { domains: page(at), pagination: { next: at < 3 ? `t${at + 1}` : null } } }
      },
    ],
    [
      'by JSON:API links, without `page` beside `page[number]`',
      (_, query) => {
        if (query.has('page') && query.has('page[number]')) return { status: 400, body: { error: 'expected Hash' } }
        const at = cursorOf(query, 'page[number]')
        return {
          body: { domains: page(at), links: { next: at < 3 ? `/v2/x?page[number]=${at + 1}&page[size]=10` : null } },
        }
      },
    ],
    [
      'by HAL links',
      (n) => ({ body: { domains: page(n), _links: { next: n < 3 ? { href: `/v2/x?page=${n + 1}` } : null } } }),
    ],
    ['by Link: rel=last alone', (n) => ({ headers: { link: '<http://h/x?page=3>; rel="last"' }, body: page(n) })],
    [
      'by limit and offset',
      (_, query) => {
        const offset = cursorOf(query, 'offset') - (query.has('offset') ? 0 : 1)
        return { body: { domains: all.slice(offset, offset + 10), limit: 10, offset } }
      },
    ],
    [
      'by meta.pagination',
      (n) => ({ body: { domains: page(n), meta: { pagination: { total: 30, total_pages: 3 } } } }),
    ],
    [
      'by Content-Range',
      (n) => ({ headers: { 'content-range': `domains ${n * 10 - 10}-${n * 10 - 1}/30` }, body: page(n) }),
    ],
    ['by nothing but an empty page', (n) => ({ body: { domains: page(n) } })],
    ['by last_page, as Laravel counts', (n) => ({ body: { data: page(n), meta: { last_page: 3, total: 30 } } })],
    [
      'by pages that count from 0',
      (_, query) => {
        const at = Number(query.get('page') ?? 0)
        return { body: { domains: page(at + 1), meta: { page: at, totalPages: 3 } } }
      },
    ],
    [
      'by an object called next',
      (n) => ({ body: { domains: page(n), next: n < 3 ? { href: `/v2/x?page=${n + 1}` } : null } }),
    ],
    [
      'by an object called next that has no URL',
      (n) => ({ body: { domains: page(n), next: n < 3 ? { page: n + 1 } : null } }),
    ],
    ['where the count is 0', (n) => ({ body: { domains: page(n), total: 0, total_pages: 3 } })],
  ]
  it.each(shapes)('%s', async (_, say) => {
    const { ids } = await list(say)
    expect(await ids()).toEqual(all.map(({ id }) => id))
  })

  it.each([
    ['next_page: null', (n: number): Reply => ({ body: { domains: page(n), meta: { next_page: null } } })],
    ['has_more: false', (n: number): Reply => ({ body: { domains: page(n), has_more: false } })],
    ['a Link without next', (n: number): Reply => ({ headers: { link: '<x?page=1>; rel="first"' }, body: page(n) })],
    ['one page', (n: number): Reply => ({ body: { domains: page(n), total_pages: 1 } })],
    ['a count', (n: number): Reply => ({ body: { domains: page(n), total_count: 10 } })],
  ])('without a further request after %s', async (_, say) => {
    const { ids, seen } = await list((n) => (n === 1 ? say(n) : { status: 500 }))
    expect(await ids()).toHaveLength(10)
    expect(seen).toHaveLength(1)
  })

  it.each([204, 400, 404, 410, 416, 422])('where a page that was not announced answers %i', async (status) => {
    const { ids } = await list((n) => (n === 1 ? { body: { domains: page(1) } } : { status }))
    expect(await ids()).toHaveLength(10)
  })

  it.each([
    ['with a count', (length: number) => ({ total: length, total_pages: Math.ceil(length / 10) })],
    ['with a count of pages', (length: number) => ({ total_pages: Math.ceil(length / 10) })],
    ['with a named count', (length: number) => ({ total_domains: length })],
    ['without a count', () => ({})],
  ])('while one entry is deleted and another one added between two pages, %s', async (_, meta) => {
    let rows = [...all]
    const { ids } = await list((n) => {
      const reply = { body: { domains: rows.slice((n - 1) * 10, n * 10), ...meta(rows.length) } }
      if (rows[0]?.id === 1) rows = [...rows.slice(1), vendorDomain(31)]
      return reply
    })
    expect((await ids()).sort((a, b) => a - b)).toEqual([...all.map(({ id }) => id), 31])
  })
})

describe('reading a list fails, and says what is missing,', () => {
  const shapes: [string, (n: number, query: URLSearchParams) => Reply, string][] = [
    [
      'where Content-Range counts more than can be asked for',
      () => ({ headers: { 'content-range': 'domains 0-9/30' }, body: { domains: page(1) } }),
      'found 10 of the 30',
    ],
    [
      'where `count` is more than can be asked for',
      () => ({ body: { domains: page(1), count: 30 } }),
      'found 10 of the 30',
    ],
    [
      'where the count is never reached',
      (n) => ({ body: { domains: page(n), total: 40, total_pages: 3 } }),
      'found 30 of the 40',
    ],
    ['where an empty page counts entries', () => ({ body: { domains: [], total_domains: 5 } }), 'found 0 of the 5'],
    ['where has_more stays true', () => ({ body: { domains: page(1), has_more: true } }), 'repeats earlier ones'],
    ['where a cursor is ignored', () => ({ body: { domains: page(1), next_cursor: 'b' } }), 'repeats earlier ones'],
    ['where next_page leads back', () => ({ body: { domains: page(1), next_page: 1 } }), 'repeats earlier ones'],
    [
      'where a token cannot be asked for',
      (_, query) => ({
        body: query.has('cursor')
          ? { domains: [], pagination: { next: null } }
          : { domains: page(1), pagination: { next: 'opaque' } },
      }),
      'cannot be asked for',
    ],
    [
      'where it says that it is partial',
      () => ({ body: { domains: page(1), meta: { partial: true } } }),
      'repeats earlier ones',
    ],
    [
      'where it says that it is truncated',
      () => ({ body: { domains: page(1), total: 10, truncated: true } }),
      'repeats earlier ones',
    ],
    [
      'where a backend failed',
      () => ({ body: { domains: page(1), total: 10, error: 'backend down' } }),
      'backend down',
    ],
    [
      'where a part failed',
      () => ({ body: { domains: page(1), total: 10, meta: { errors: ['shard 2 failed'] } } }),
      'shard 2 failed',
    ],
    [
      'where a page that was announced is missing',
      (n) => (n === 1 ? { body: { domains: page(1), total_pages: 3 } } : { status: 404 }),
      'answered 404',
    ],
    [
      'where a page that was announced is empty',
      (n) => (n === 1 ? { body: { domains: page(1), total_pages: 3 } } : { status: 204 }),
      'found an answer without one',
    ],
  ]
  it.each(shapes)('%s', async (_, say, message) => {
    const { ids, seen } = await list(say)
    await expect(ids()).rejects.toThrow(message)
    expect(seen.length).toBeLessThan(20)
  })

  const bodies: [string, unknown][] = [
    ['an empty object under data', { data: {} }],
    ['null', { domains: null }],
    ['a sentence', { domains: 'temporarily unavailable' }],
    ['a message', { message: 'temporarily unavailable' }],
    ['an object under data with a message', { data: { message: 'no' } }],
    ['nothing', ''],
    ['null as a whole', 'null'],
    ['a number', '3'],
    ['an entry of null', { domains: [null] }],
    ['an entry of text', { domains: ['example.com'] }],
  ]
  it.each(bodies)('where there is %s instead of a list', async (_, body) => {
    const { ids } = await list(() => ({ body }))
    await expect(ids()).rejects.toBeInstanceOf(UnexpectedAnswerError)
  })

  it.each([
    ['null', { owned_accounts: null, accounts: null }],
    ['a sentence', { owned_accounts: [], accounts: 'temporarily unavailable' }],
  ])('where the accounts are %s', async (_, body) => {
    const { client } = await fakeApi(() => ({ body }))
    await expect(client.accounts.list().all()).rejects.toBeInstanceOf(UnexpectedAnswerError)
    await expect(client.accounts.find(7)).rejects.toBeInstanceOf(UnexpectedAnswerError)
  })
})
