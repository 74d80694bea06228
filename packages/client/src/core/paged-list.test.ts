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
  it('is read to its end, and no empty page is fetched', async () => {
    const { client, seen } = await fakeApi(paging(75))
    const ids: number[] = []
    for await (const domain of client.domains.list()) ids.push(domain.id)
    expect(ids).toEqual(all(75).map((domain) => domain.id))
    expect(seen.map((request) => request.path)).toEqual([
      '/v2/all_domains.json',
      '/v2/all_domains.json?page=2&per=25',
      '/v2/all_domains.json?page=3&per=25',
    ])
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
    const { client, seen } = await fakeApi(paging(60, false))
    expect(await client.domains.list().all()).toHaveLength(60)
    expect(seen).toHaveLength(3)
    const sized = await fakeApi(paging(60, false))
    expect(await sized.client.domains.list({ perPage: 40 }).all()).toHaveLength(60)
    expect(sized.seen).toHaveLength(2)
  })
})

describe('a whole list', () => {
  it('takes one call', async () => {
    const { client, seen } = await fakeApi(() => ({ body: { domains: all(60) } }))
    expect(await client.domains.list().all()).toHaveLength(60)
    expect(seen).toHaveLength(1)
  })

  it('is not doubled by a server that ignores paging', async () => {
    for (const [count, options] of [
      [25, {}],
      [10, { perPage: 10 }],
    ] as const) {
      const { client, seen } = await fakeApi(() => ({ body: { domains: all(count) } }))
      expect(await client.domains.list(options).all()).toHaveLength(count)
      expect(seen).toHaveLength(2)
    }
  })

  it('that ignores paging but counts pages ends too', async () => {
    const { client, seen } = await fakeApi(() => ({ body: { domains: all(3), meta: { total_pages: 1e9 } } }))
    expect(await client.domains.list().all()).toHaveLength(3)
    expect(seen).toHaveLength(2)
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

it('a list can be read twice', async () => {
  const { client, seen } = await fakeApi(paging(3))
  const list = client.domains.list()
  expect(await list.all()).toEqual(await list.all())
  expect(seen).toHaveLength(2)
})
