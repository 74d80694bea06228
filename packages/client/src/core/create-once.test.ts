import { describe, expect, it } from 'vitest'
import { fakeApi, type Reply, type Seen, vendorDomain } from '../../test/fake-api.ts'
import { AbortedError, ConflictError, OutcomeUnknownError, systemClock } from '../index.ts'

const input = { address: 'Münch.example', rua_report: true, ruf_report: false }
const serverNow = 'Fri, 02 Jan 2026 10:00:00 GMT'
/** On the server's clock, a day ahead of ours. */
const justNow = vendorDomain(41, 'xn--mnch-0ra.example', { created_at: '2026-01-02T10:00:00.500Z' })
const longAgo = vendorDomain(41, 'xn--mnch-0ra.example', { created_at: '2026-01-02T09:00:00.000Z' })

/** A server with one account: POSTs and reads are answered from two queues, the last entry over and over. */
async function account(posts: Reply[], lists: object[][] | Reply[]) {
  const api = await fakeApi((request: Seen) => {
    if (request.path === '/v2/capabilities') return { body: { extensions: ['paging'] } }
    if (request.method === 'POST') return (posts.length > 1 ? posts.shift() : posts[0]) ?? {}
    const next = (lists.length > 1 ? lists.shift() : lists[0]) ?? []
    return Array.isArray(next) ? { headers: { date: serverNow }, body: { domains: next } } : (next as Reply)
  })
  return {
    ...api,
    create: () => api.client.domains.create(7, input),
    methods: () => api.seen.flatMap(({ method, path }) => (path === '/v2/capabilities' ? [] : [method])),
  }
}

const fault = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    (error) => error,
  )

describe('creating a domain', () => {
  it('is one POST when all goes well', async () => {
    const { create, seen } = await account([{ status: 201, body: justNow }], [])
    expect(await create()).toMatchObject({ id: 41, account_id: 7 })
    expect(seen.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/v2/accounts/7/domains.json', { domain: input }],
    ])
  })

  it.each([
    ['a connection that broke', { cut: 'reset' }],
    ['502', { status: 502 }],
    ['500', { status: 500 }],
  ] as const)('is found by reading back after %s, in whatever spelling', async (_, reply) => {
    const { create, methods } = await account([reply], [[vendorDomain(1), justNow]])
    expect(await create()).toMatchObject({ id: 41 })
    expect(methods()).toEqual(['POST', 'GET'])
  })

  it('is repeated when reading back, and again after a pause, shows that it did not happen', async () => {
    const { create, methods, clock } = await account([{ cut: 'reset' }, { status: 201, body: justNow }], [[]])
    expect(await create()).toMatchObject({ id: 41 })
    expect(methods()).toEqual(['POST', 'GET', 'GET', 'POST'])
    expect(clock.slept).toEqual([5000])
  })

  it('is repeated without reading back after 429', async () => {
    const { create, methods } = await account([{ status: 429 }, { status: 201, body: justNow }], [[]])
    await create()
    expect(methods()).toEqual(['POST', 'POST'])
  })

  it('knows its own late success from the duplicate that the repetition met', async () => {
    for (const status of [409, 422]) {
      const { create, methods } = await account([{ cut: 'reset' }, { status }], [[], [], [justNow]])
      expect(await create()).toMatchObject({ id: 41 })
      expect(methods()).toEqual(['POST', 'GET', 'GET', 'POST', 'GET'])
    }
  })

  it('is found when it was carried out only while the client waited', async () => {
    const { create, methods } = await account([{ cut: 'reset' }], [[], [justNow]])
    expect(await create()).toMatchObject({ id: 41 })
    expect(methods()).toEqual(['POST', 'GET', 'GET'])
  })

  it('carries one key over all attempts, which the caller may choose', async () => {
    const keys = (seen: Seen[]) =>
      seen.flatMap(({ method, headers }) => (method === 'POST' ? [headers['idempotency-key']] : []))
    const { create, seen } = await account([{ cut: 'reset' }, { status: 429 }, { status: 201, body: justNow }], [[]])
    await create()
    const [first, ...others] = keys(seen)
    expect(first).toMatch(/^"[0-9a-f-]{36}"$/)
    expect(others).toEqual([first, first])
    const own = await account([{ status: 201, body: justNow }], [])
    await own.client.domains.create(7, input, { idempotencyKey: 'mine' })
    await own.create()
    expect(keys(own.seen)).toEqual(['"mine"', expect.not.stringContaining('mine')])
  })

  it('reads back when a success does not show the domain', async () => {
    const { create, methods } = await account([{ status: 201 }], [[justNow]])
    expect(await create()).toMatchObject({ id: 41 })
    expect(methods()).toEqual(['POST', 'GET'])
  })
})

describe('creating a domain fails', () => {
  it('with the duplicate, when it was there before', async () => {
    const { create, methods } = await account([{ status: 409 }], [[longAgo]])
    expect(await fault(create())).toBeInstanceOf(ConflictError)
    expect(methods()).toEqual(['POST'])
  })

  it('rather than passing off an older domain as the new one', async () => {
    const { create, methods } = await account([{ cut: 'reset' }], [[longAgo]])
    const error = await fault(create())
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.message).toContain('One with id 41 exists since 2026-01-02T09:00:00.000Z, before this call')
    expect(methods()).toEqual(['POST', 'GET'])
  })

  it.each([
    ['an older one', [{ status: 201 }], [longAgo]],
    ['one that does not say since when', [{ cut: 'reset' }], [{ ...justNow, created_at: undefined }]],
    ['nothing', [{ status: 204 }], []],
  ] as [string, Reply[], object[]][])('when the answer shows nothing and the list shows %s', async (_, posts, list) => {
    const { create } = await account(posts, [list])
    expect(await fault(create())).toBeInstanceOf(OutcomeUnknownError)
  })

  it('with the refusal, when a repetition is refused because of one that was there before', async () => {
    const { create } = await account([{ cut: 'reset' }, { status: 422 }], [[], [], [longAgo]])
    expect(await fault(create())).toMatchObject({ name: 'ValidationError', status: 422 })
  })

  it('when reading back fails too, and says that it may exist', async () => {
    const { create } = await account([{ cut: 'reset' }], [{ status: 403 }] as Reply[])
    const error = await fault(create())
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.message).toContain('It may exist: look before creating it again.')
    expect(error.cause).toMatchObject({ name: 'ConnectionError' })
  })

  it('after the retries, with the error of the last attempt', async () => {
    const { create, methods } = await account([{ status: 503 }], [[]])
    expect(await fault(create())).toMatchObject({ status: 503 })
    expect(methods()).toEqual(['POST', 'GET', 'GET', 'POST', 'GET', 'GET', 'POST', 'GET'])
  })

  it('when the caller aborts while it waits to try again', async () => {
    const abort = new AbortController()
    const { client, seen } = await fakeApi(
      ({ method }) => {
        if (method === 'GET') setTimeout(() => abort.abort(), 20)
        return method === 'POST' ? { status: 503 } : { body: { domains: [] } }
      },
      { clock: systemClock, random: () => 1 },
    )
    expect(await fault(client.domains.create(7, input, { signal: abort.signal }))).toBeInstanceOf(AbortedError)
    expect(seen).toHaveLength(2)
  })
})
