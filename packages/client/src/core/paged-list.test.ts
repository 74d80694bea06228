import { describe, expect, it } from 'vitest'
import { fakeApi, type Seen, vendorDomain } from '../../test/fake-api.ts'
import { UnexpectedAnswerError } from '../index.ts'

const all = (count: number) => Array.from({ length: count }, (_, index) => vendorDomain(index + 1))

const asked = (request: Seen) => {
  const { searchParams } = new URL(request.path, 'http://x')
  return { page: Number(searchParams.get('page') ?? 1), per: Number(searchParams.get('per') ?? 25) }
}

/** Pages like the vendor's report lists. */
const paging =
  (count: number, meta = true) =>
  (request: Seen) => {
    const { page, per } = asked(request)
    const domains = all(count).slice((page - 1) * per, page * per)
    const numbers = { total_domains: count, current_page: page, per_page: per, total_pages: Math.ceil(count / per) }
    return { body: { domains, ...(meta && { meta: numbers }) } }
  }

describe('a list of three pages', () => {
  it('is read to its end and once more, since entries may have moved, and no empty page is fetched', async () => {
    const { client, seen } = await fakeApi(paging(75))
    const ids: number[] = []
    for await (const domain of client.domains.list()) ids.push(domain.id)
    expect(ids).toEqual(all(75).map((domain) => domain.id))
    const reading = ['/v2/all_domains.json', '/v2/all_domains.json?page=2&per=25', '/v2/all_domains.json?page=3&per=25']
    expect(seen.map((request) => request.path)).toEqual([...reading, ...reading])
  })

  it('is fetched only as far as it is read', async () => {
    const { client, seen } = await fakeApi(paging(75))
    for await (const domain of client.domains.listByAccount(7)) if (domain.id === 30) break
    expect(seen).toHaveLength(2)
  })

  it('comes page by page for those who want it, in the size asked for', async () => {
    const { client } = await fakeApi(paging(25))
    const pages: number[][] = []
    for await (const page of client.domains.list({ perPage: 10 }).pages()) pages.push([page.number, page.items.length])
    expect(pages).toEqual([
      [1, 10],
      [2, 10],
      [3, 5],
    ])
  })

  it('is read to its end even when the server pages without saying so', async () => {
    for (const perPage of [undefined, 7, 40]) {
      const { client } = await fakeApi(paging(60, false))
      expect(await client.domains.list({ perPage }).all()).toHaveLength(60)
    }
  })
})

describe('a count that cannot be one', () => {
  it.each([
    { total_count: -1 },
    { total: -1 },
    { total_pages: -1 },
    { meta: { total_pages: 0 } },
    { total_domains: 0 },
  ])('proves no end: %j', async (said) => {
    const { client } = await fakeApi((request) => {
      const { body } = paging(40, false)(request)
      return { body: { ...body, ...said } }
    })
    expect(await client.domains.list().all()).toHaveLength(40)
  })
})

describe('a whole list', () => {
  it('takes one call, of a server that is known to answer whole lists', async () => {
    const { client, seen } = await fakeApi(({ path }) =>
      path === '/v2/capabilities' ? { body: { extensions: ['paging'] } } : { body: { domains: all(60) } },
    )
    expect(await client.domains.list().all()).toHaveLength(60)
    expect(await client.domains.listByAccount(7).all()).toHaveLength(60)
    expect(seen.map(({ path }) => path)).toEqual([
      '/v2/all_domains.json',
      '/v2/capabilities',
      '/v2/accounts/7/domains.json',
    ])
  })

  it('of another server takes one call more, which brings nothing new', async () => {
    for (const second of [{ body: { domains: all(25) } }, { body: { domains: [] } }, { status: 404 }]) {
      for (const options of [{}, { perPage: 25 }]) {
        const { client, seen } = await fakeApi(({ path }) => {
          if (path === '/v2/capabilities') return { status: 404 }
          return path.includes('page=2') ? second : { body: { domains: all(25) } }
        })
        expect(await client.domains.list(options).all()).toHaveLength(25)
        expect(seen.filter(({ path }) => path !== '/v2/capabilities')).toHaveLength(2)
      }
    }
  })

  it('that ignores paging is complete when it has as many entries as it counts, and fails when it has not', async () => {
    const repeating = (meta: object) => fakeApi(() => ({ body: { domains: all(3), meta } }))
    const counted = await repeating({ total_pages: 1e9, total_domains: 3 })
    expect(await counted.client.domains.list().all()).toHaveLength(3)
    const short = await repeating({ total_domains: 5 })
    await expect(short.client.domains.list().all()).rejects.toThrow('found 3 of the 5 entries it counts')
    const endless = await repeating({ total_pages: 1e9 })
    await expect(endless.client.domains.list().all()).rejects.toThrow('repeats earlier ones')
    expect(endless.seen.length).toBeLessThan(6)
  })

  it('may be empty', async () => {
    const { client } = await fakeApi(() => ({ body: { domains: [] } }))
    expect(await client.domains.list().all()).toEqual([])
  })

  it.each([
    ['a bare array', all(2)],
    ['an object of entries', { domains: { 1: all(2)[0], 2: all(2)[1] } }],
    ['wrapped in data', { data: all(2) }],
    ['wrapped twice', { data: { domains: all(2) } }],
    ['with each entry wrapped', { domains: all(2).map((domain) => ({ domain })) }],
  ])('is read as %s', async (_, body) => {
    const { client } = await fakeApi(() => ({ body }))
    expect((await client.domains.list().all()).map((domain) => domain.id)).toEqual([1, 2])
  })

  it.each([
    ['an HTML page', '<html>'],
    ['an object without a list', { ok: true }],
    ['an entry without an id', { domains: [vendorDomain(1), { address: 'x.example' }] }],
  ])('fails on %s rather than showing fewer domains than there are', async (_, body) => {
    const { client } = await fakeApi(() => ({ body }))
    await expect(client.domains.list().all()).rejects.toBeInstanceOf(UnexpectedAnswerError)
  })
})

describe('a list that changes while it is read', () => {
  /** Pages of 2; what is deleted goes after the first page was answered. */
  const shrinking = (count: number, meta: (left: number) => object) => {
    const ids = Array.from({ length: count }, (_, index) => index + 1)
    return (request: Seen) => {
      if (request.path === '/v2/capabilities') return { status: 404 }
      const { page } = asked(request)
      const shown = ids.slice((page - 1) * 2, page * 2)
      const reply = { body: { domains: shown.map((id) => vendorDomain(id)), meta: meta(ids.length) } }
      if (ids.length === count) ids.shift()
      return reply
    }
  }

  it.each([
    ['with a count', (left: number) => ({ total_domains: left, total_pages: Math.ceil(left / 2), per_page: 2 })],
    ['with a count of pages only', (left: number) => ({ total_pages: Math.ceil(left / 2) })],
    ['without any count', () => ({})],
  ])('loses no entry to the deletion of another one, %s', async (_, meta) => {
    const { client } = await fakeApi(shrinking(6, meta))
    const ids = (await client.domains.list().all()).map(({ id }) => id)
    expect(ids.sort()).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('is read on after a page of known entries, to the last page the server counts', async () => {
    const { client } = await fakeApi((request) => {
      const { page } = asked(request)
      const domains = page === 2 ? all(2) : all(4).slice(page === 1 ? 0 : 2, page === 1 ? 2 : 4)
      return { body: { domains, meta: { total_pages: 3, total_count: 4 } } }
    })
    expect(await client.domains.list().all()).toHaveLength(4)
  })

  it('fails when it never stands still', async () => {
    let count = 100
    const { client } = await fakeApi(() => ({ body: { domains: all(1), meta: { total_domains: count-- } } }))
    await expect(client.domains.list().all()).rejects.toThrow('cannot be read completely')
  })
})

describe('a list is read to its end by', () => {
  const pages: [string, (page: number, base: string) => { headers?: Record<string, string>; body: object }][] = [
    ['next_page', (page) => ({ body: { next_page: page < 3 ? page + 1 : null } })],
    ['next_page in meta', (page) => ({ body: { meta: { next_page: page < 3 ? page + 1 : null } } })],
    ['a next URL', (page) => ({ body: { links: { next: page < 3 ? `/v2/x?page=${page + 1}&cursor=a` : null } } })],
    [
      'Link: rel=next',
      (page) => ({
        headers: {
          link: page < 3 ? `<http://other.example/x?page=${page + 1}>; rel="next"` : '<x?page=1>; rel="first"',
        },
        body: {},
      }),
    ],
    ['X-Next-Page', (page) => ({ headers: { 'x-next-page': page < 3 ? String(page + 1) : '' }, body: {} })],
    ['total_count', () => ({ body: { meta: { total_count: 6 } } })],
    ['X-Total', () => ({ headers: { 'x-total': '6' }, body: {} })],
    ['pagination.total_pages', () => ({ body: { pagination: { total_pages: 3 } } })],
  ]

  it.each(pages)('%s', async (_, say) => {
    const { client, seen } = await fakeApi((request) => {
      const { page } = asked(request)
      const { headers = {}, body } = say(page, '')
      return { headers, body: { ...body, domains: all(6).slice((page - 1) * 2, page * 2) } }
    })
    expect((await client.domains.listByAccount(7).all()).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6])
    // The token goes to no other host and path than those of the first page.
    expect(seen.every(({ path }) => path.startsWith('/v2/accounts/7/domains.json'))).toBe(true)
  })
})

it('a list can be read twice', async () => {
  const { client, seen } = await fakeApi(paging(3))
  const list = client.domains.list()
  expect(await list.all()).toEqual(await list.all())
  expect(seen).toHaveLength(2)
})
