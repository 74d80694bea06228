import { describe, expect, it } from 'vitest'
import { DmarcReportClient, OutcomeUnknownError, UnexpectedAnswerError } from '../src/index.ts'
import { canaryToken, fakeApi, type Reply, vendorDomain } from './fake-api.ts'
import { fakeClock } from './fake-clock.ts'

const fault = (call: Promise<unknown>) =>
  call.then(
    (result) => expect.unreachable(`the call succeeded: ${JSON.stringify(result)}`),
    (error) => error,
  )

describe('a list that becomes one page while it is read', () => {
  const counts: [string, (length: number, page: number) => object][] = [
    ['a count and a count of pages', (length) => ({ total: length, total_pages: Math.ceil(length / 10) })],
    ['a count of pages', (length) => ({ total_pages: Math.ceil(length / 10) })],
    ['has_more', (length, page) => ({ has_more: page * 10 < length })],
    ['next_page', (length, page) => ({ next_page: page * 10 < length ? page + 1 : null })],
  ]

  /** A server with eleven domains, the first of which is deleted after the first page was read. */
  const shrinking = async (say: (length: number, page: number) => object, beyond?: Reply) => {
    let rows = Array.from({ length: 11 }, (_, index) => vendorDomain(index + 1))
    const { client } = await fakeApi(({ path }) => {
      const page = Number(new URL(path, 'http://x').searchParams.get('page') ?? 1)
      const domains = rows.slice((page - 1) * 10, page * 10)
      const reply = domains.length === 0 && beyond ? beyond : { body: { domains, ...say(rows.length, page) } }
      if (page === 1 && rows[0]?.id === 1) rows = rows.slice(1)
      return reply
    })
    return (await client.domains.list().all()).map(({ id }) => id)
  }

  it.each(counts)('keeps the entry that moved to the first page, by %s', async (_, say) => {
    expect(await shrinking(say)).toContain(11)
  })

  it.each([400, 404, 416])('keeps it where the second page then answers %i', async (status) => {
    expect(await shrinking((length) => ({ total_pages: Math.ceil(length / 10) }), { status })).toContain(11)
  })

  it('is no missing account where an announced page is never there', async () => {
    const { client, seen } = await fakeApi(({ path }) =>
      path.includes('page=2') ? { status: 404 } : { body: { domains: [vendorDomain(1)], total_pages: 2 } },
    )
    const error = await fault(client.domains.listByAccount(7).all())
    expect(error).toBeInstanceOf(UnexpectedAnswerError)
    expect(error.message).toContain('a page that it announced is not there')
    expect(seen.length).toBeLessThan(6)
  })
})

describe('a list', () => {
  it.each(['is_truncated', 'isTruncated'])('that says %s is not complete', async (field) => {
    const { client } = await fakeApi(() => ({ body: { domains: [vendorDomain(1)], [field]: true } }))
    expect(await fault(client.domains.list().all())).toBeInstanceOf(UnexpectedAnswerError)
  })

  it.each([{ success: 0 }, { ok: 0 }])('beside %j is a failure', async (says) => {
    const { client } = await fakeApi(() => ({ body: { domains: [], ...says } }))
    expect((await fault(client.domains.list().all())).message).toContain('its body reports a failure')
  })

  it.each([{ error: 0 }, { errors: 0 }, { error: false }])('beside %j is read', async (says) => {
    const { client } = await fakeApi(() => ({ body: { domains: [vendorDomain(1)], total: 1, ...says } }))
    expect(await client.domains.list().all()).toHaveLength(1)
  })
})

describe('a refusal without an explanation', () => {
  it.each([
    [401, {}, 'no explanation given. Check the token'],
    [503, { 'retry-after': '3600' }, 'no explanation given. The server allows the next request in 3600 seconds.'],
    [301, { location: '/login', 'retry-after': '5' }, 'check the base URL. The server allows'],
  ])('of status %i says what to do in a sentence of its own', async (status, headers, words) => {
    const { client } = await fakeApi(() => ({ status, headers }))
    expect((await fault(client.domains.get(7, 41))).message).toContain(words)
  })
})

describe('a deletion that answers 200 with a message and its status', () => {
  it.each([
    {},
    { effect: { dmarc: {} } },
    { deleted: true },
    { success: 1 },
    { deleted: 'false' },
    { deleted: 0 },
    { deleted: null },
    { ok: 'no' },
    { error_message: 'denied' },
    { errorMessage: 'denied' },
    { failures: ['denied'] },
    { error_code: 12 },
    { message: ' ' },
  ])('is not done where the domain is still there, even if the answer says %j as well', async (says) => {
    const { client } = await fakeApi(({ method }) =>
      method === 'DELETE' ? { body: { message: 'x', status: 200, ...says } } : { body: vendorDomain(41) },
    )
    const error = await fault(client.domains.delete(7, 41))
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.message).toContain('still there')
  })
})

describe('creating a domain while somebody else does the same', () => {
  const input = { address: 'example.com', rua_report: true, ruf_report: true }

  it.each([
    ['cut off', { cut: 'reset' } as const],
    ['answered without the domain', { status: 204 }],
  ])('does not choose one of two that are new where the request was %s', async (_, reply) => {
    const there: object[] = []
    const { client } = await fakeApi(({ method, path }) => {
      if (path === '/v2/capabilities') return { status: 404 }
      if (method === 'POST') there.push(vendorDomain(99, 'example.com'), vendorDomain(100, 'example.com'))
      return method === 'POST' ? reply : { body: { domains: there } }
    })
    const error = await fault(client.domains.create(7, input))
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.message).toContain('99 and 100')
  })

  it('says that two are new where the repetition is refused as a duplicate', async () => {
    const there: object[] = []
    const { client } = await fakeApi(({ method, path }, count) => {
      if (path === '/v2/capabilities') return { status: 404 }
      if (method !== 'POST') return { body: { domains: count > 6 ? there : [] } }
      if (there.length > 0) return { status: 422, body: { errors: { address: ['has already been taken'] } } }
      there.push(vendorDomain(99, 'example.com'), vendorDomain(100, 'example.com'))
      return { cut: 'reset' }
    })
    expect(await fault(client.domains.create(7, input))).toBeInstanceOf(OutcomeUnknownError)
  })

  it('knows its own domain in the letters and with the final dot that the server writes', async () => {
    const { client } = await fakeApi(({ method, path }) => {
      if (path === '/v2/capabilities') return { status: 404 }
      return method === 'POST' ? { status: 201, body: vendorDomain(41, 'MÜNCH.example.') } : { body: { domains: [] } }
    })
    const created = await client.domains.create(7, { ...input, address: 'xn--mnch-0ra.example' })
    expect(created.id).toBe(41)
  })
})

describe('a failure whose body never ends', () => {
  /** A client of a server that sends this head and this much of a body, and then nothing more. */
  function dripping(status: number, headers: Record<string, string>, end: 'never' | 'reset') {
    const requests: string[] = []
    const fetch = async (_: unknown, init?: RequestInit) => {
      requests.push(init?.method ?? 'GET')
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"error":"the address is taken"'))
          init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
        },
        pull(controller) {
          if (end === 'reset') controller.error(new Error('terminated'))
        },
      })
      return new Response(body, { status, headers })
    }
    const clock = fakeClock()
    const options = { token: canaryToken, clock, logLevel: 'off', timeout: 50, random: () => 0.5 } as const
    return { client: new DmarcReportClient({ ...options, baseUrl: 'http://localhost', fetch }), requests, clock }
  }

  it.each(['never', 'reset'] as const)('keeps its status, request id and words (%s)', async (end) => {
    const { client, requests } = dripping(422, { 'x-request-id': 'r-1' }, end)
    const error = await fault(client.domains.get(7, 41))
    expect(error).toMatchObject({ name: 'ValidationError', status: 422, requestId: 'r-1' })
    expect(error.message).toContain('the address is taken')
    expect(requests).toHaveLength(1)
  })

  it('is not asked again sooner than its Retry-After allows', async () => {
    const { client, requests } = dripping(429, { 'retry-after': '3600' }, 'reset')
    expect(await fault(client.domains.get(7, 41))).toMatchObject({ name: 'RateLimitError', retryAfter: 3_600_000 })
    expect(requests).toHaveLength(1)
  })

  it('is aborted by the caller all the same', async () => {
    const { client } = dripping(422, {}, 'never')
    const abort = new AbortController()
    const call = client.domains.get(7, 41, { signal: abort.signal, timeout: 100_000 })
    abort.abort()
    expect(await fault(call)).toMatchObject({ name: 'AbortedError' })
  })
})
