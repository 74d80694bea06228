import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { canaryToken, fakeApi, type Reply, vendorDomain } from '../../test/fake-api.ts'
import {
  AbortedError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  InvalidArgumentError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  systemClock,
  TimeoutError,
  UnexpectedAnswerError,
  ValidationError,
} from '../index.ts'

const fault = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    (error) => error,
  )

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('a request', () => {
  it('carries the token in the scheme of the vendor, and says what it wants and who asks', async () => {
    const { client, seen } = await fakeApi(() => ({ body: vendorDomain(1) }), {
      userAgent: 'my-tool/1.2',
      headers: { 'x-trace': 'a', authorization: 'Bearer other' },
    })
    await client.domains.get(7, 1, { headers: { 'x-trace': 'b' } })
    expect(seen[0]?.headers).toMatchObject({
      authorization: `Token token=${canaryToken}`,
      accept: 'application/json',
      'x-trace': 'b',
    })
    expect(seen[0]?.headers['user-agent']).toMatch(/^my-tool\/1\.2 dmarc-as-code-client\/\d/)
    expect(seen[0]?.headers['content-type']).toBeUndefined()
  })

  it('goes below a base URL that has a path of its own', async () => {
    const { client, seen, baseUrl } = await fakeApi(() => ({ body: vendorDomain(1) }))
    const { DmarcReportClient } = await import('../index.ts')
    await new DmarcReportClient({ token: 'x', baseUrl: `${baseUrl}/mirror/` }).domains.get(7, 1)
    expect(client).toBeDefined()
    expect(seen[0]?.path).toBe('/mirror/v2/accounts/7/domains/1.json')
  })

  it('fails on an id that could change the path, before anything is sent', async () => {
    const { client, seen } = await fakeApi(() => ({}))
    for (const id of ['', '..', '.', 'a/b', '1?x=1', 'a b', '%2e%2e']) {
      expect(await fault(client.domains.delete(7, id)), id).toBeInstanceOf(InvalidArgumentError)
    }
    expect(seen).toEqual([])
  })
})

describe('an error', () => {
  it.each([
    [400, ValidationError],
    [401, AuthenticationError],
    [402, PermissionError],
    [403, PermissionError],
    [404, NotFoundError],
    [409, ConflictError],
    [410, NotFoundError],
    [413, ValidationError],
    [422, ValidationError],
    [429, RateLimitError],
    [500, ServerError],
    [503, ServerError],
  ] as const)('of status %i has a class of its own', async (status, kind) => {
    const { client } = await fakeApi(() => ({ status, body: { message: 'because', status } }), { maxRetries: 0 })
    const error = await fault(client.domains.get(7, 1))
    expect(error.constructor).toBe(kind)
    expect(error).toMatchObject({ name: kind.name, status, method: 'GET', path: '/v2/accounts/7/domains/1.json' })
    expect(error.message).toContain('because')
  })

  it('has the status, body, code, details and request id of the answer, and no cookie', async () => {
    const body = {
      error: {
        code: 'conflict',
        message: 'example.com is already in this account.',
        details: [{ field: 'domain.address', code: 'address_taken', message: 'Taken by domain 41.', existing_id: 41 }],
      },
    }
    const headers = { 'x-request-id': 'r-1', 'set-cookie': 'session=1' }
    const { client } = await fakeApi(() => ({ status: 409, headers, body }))
    const error = await fault(client.domains.create(7, { address: 'example.com', rua_report: true, ruf_report: true }))
    expect(error).toMatchObject({ body, code: 'conflict', requestId: 'r-1', existingId: 41 })
    expect(error.headers['x-request-id']).toBe('r-1')
    expect(error.headers['set-cookie']).toBeUndefined()
    expect(error.message).toBe(
      'POST /v2/accounts/7/domains.json answered 409: example.com is already in this account.; ' +
        'domain.address: Taken by domain 41. (request id r-1, after 0 ms)',
    )
  })

  it('names its details where there is no message, instead of saying that nothing is explained', async () => {
    for (const [body, words] of [
      [{ errors: { address: ['is taken'] } }, 'answered 422: address: is taken ('],
      [{ errors: ['no'] }, 'answered 422: no ('],
    ] as const) {
      const { client } = await fakeApi(() => ({ status: 422, body }))
      expect((await fault(client.domains.get(7, 41))).message).toContain(words)
    }
  })

  it('says so when a success is not the API at all', async () => {
    const { client } = await fakeApi(() => ({ body: '<html><title>Log in</title></html>' }))
    const error = await fault(client.domains.get(7, 1))
    expect(error).toBeInstanceOf(UnexpectedAnswerError)
    expect(error.message).toContain(
      'GET /v2/accounts/7/domains/1.json answered 200 with an HTML or XML page, expected domain 1.',
    )
  })

  it('of every kind says which call it is about, how long it took and in how many attempts', async () => {
    const api = await fakeApi((_, count) =>
      count < 3
        ? { status: 503, headers: { 'x-request-id': 'r-0' } }
        : { headers: { 'x-request-id': 'r-1' }, body: {} },
    )
    const call = { method: 'GET', path: '/v2/accounts/7/domains/1.json', requestId: 'r-1', status: 200 }
    const odd = await fault(api.client.domains.get(7, 1))
    expect(odd).toMatchObject({ name: 'UnexpectedAnswerError', call: { ...call, attempts: 3, elapsed: 250 + 500 } })
    expect(odd.message).toMatch(
      /^GET \/v2\/accounts\/7\/domains\/1\.json answered 200 .* \(request id r-1, after 750 ms, 3 attempts\)$/,
    )
    expect(odd.stack?.match(/3 attempts\)/g)).toHaveLength(1)
    const cut = await fakeApi(() => ({ cut: 'reset' }))
    expect(await fault(cut.client.domains.get(7, 1, { maxRetries: 0 }))).toMatchObject({
      name: 'ConnectionError',
      call: { method: 'GET', path: '/v2/accounts/7/domains/1.json', status: undefined, attempts: 1 },
      message: expect.stringMatching(/^GET http.*\/v2\/accounts\/7\/domains\/1\.json failed: .* \(after 0 ms\)$/),
    })
    const list = await fakeApi(() => ({ headers: { 'x-request-id': 'r-2' }, body: { domains: [{}] } }))
    expect(await fault(list.client.domains.list().all())).toMatchObject({
      call: { path: '/v2/all_domains.json', status: 200, requestId: 'r-2' },
      message: expect.stringMatching(/\(GET \/v2\/all_domains\.json, status 200, request id r-2, after 0 ms\)$/),
    })
  })

  it('after reading back says which write it is about', async () => {
    const headers = { 'x-request-id': 'r-3' }
    const silent = await fakeApi(({ method, path }) => {
      if (path === '/v2/capabilities') return { status: 404 }
      if (method === 'GET') return { body: path.includes('/domains.json') ? { domains: [] } : vendorDomain(1) }
      return { status: 204, headers }
    })
    const { accounts, domains, domainMemberships, tags } = silent.client
    const changed = { rua_report: false }
    const created = { address: 'example.com', rua_report: true, ruf_report: true }
    for (const [method, work] of [
      ['PUT', () => domains.update(7, 1, changed)],
      ['DELETE', () => domains.delete(7, 1)],
      ['POST', () => domains.create(7, created)],
      ['POST', () => domainMemberships.add(7, [9])],
      ['PUT', () => accounts.update(7, { title: 'A' })],
      ['PUT', () => tags.update(7, { name: 'A' })],
    ] as const) {
      const error = await fault(work())
      expect(error).toMatchObject({ name: 'OutcomeUnknownError', call: { method, status: 204, requestId: 'r-3' } })
      for (const part of [`${method} /v2/`, ' 204', 'request id r-3, after 0 ms)'])
        expect(error.message).toContain(part)
    }
    const cutOff = await fakeApi(({ method, path }, count) => {
      if (path === '/v2/capabilities') return { body: { extensions: ['paging'] } }
      return method === 'POST' ? { cut: 'reset' } : count > 3 ? { status: 500 } : { body: { domains: [] } }
    })
    expect(await fault(cutOff.client.domains.create(7, created))).toMatchObject({
      name: 'OutcomeUnknownError',
      call: { method: 'POST', path: '/v2/accounts/7/domains.json', status: undefined },
    })
  })

  it('that the caller caused by aborting a pause says how long it had taken', async () => {
    const stop = new AbortController()
    const { client } = await fakeApi(() => {
      stop.abort()
      return { status: 503 }
    })
    expect(await fault(client.domains.get(7, 1, { signal: stop.signal }))).toMatchObject({
      name: 'AbortedError',
      call: { method: 'GET', path: '/v2/accounts/7/domains/1.json' },
    })
  })

  it('of a redirect says that it is not followed, whatever its body says', async () => {
    const headers = { location: 'https://other.example/' }
    const { client } = await fakeApi(() => ({ status: 302, headers, body: { message: 'Moved' } }))
    const error = await fault(client.domains.get(7, 1))
    expect(error.message).toContain('Moved; a redirect to https://other.example/, which is not followed')
  })

  it('says so when a deletion is answered with a page, which proves nothing', async () => {
    const { client } = await fakeApi(() => ({ body: '<html><body>Please sign in</body></html>' }))
    const error = await fault(client.domains.delete(7, 1))
    expect(error).toBeInstanceOf(UnexpectedAnswerError)
    expect(error.message).toMatch(
      /DELETE .* answered 200 with an HTML or XML page.*nothing shows that it was carried out/,
    )
  })

  it('tells of a redirect instead of following it with the token', async () => {
    const { client, seen } = await fakeApi(() => ({ status: 301, headers: { location: 'https://elsewhere.example/' } }))
    const error = await fault(client.domains.get(7, 1))
    expect(error).toMatchObject({ status: 301 })
    expect(error.message).toContain('https://elsewhere.example/, which is not followed')
    expect(seen).toHaveLength(1)
  })
})

describe('retries', () => {
  const failing = (times: number, reply: Reply) => (_: unknown, count: number) =>
    count <= times ? reply : { body: vendorDomain(1) }

  it.each([408, 425, 429, 500, 502, 503, 504])('two by default after %i, with full jitter', async (status) => {
    const { client, seen, clock } = await fakeApi(failing(2, { status }))
    expect(await client.domains.get(7, 1)).toMatchObject({ id: 1 })
    expect(seen).toHaveLength(3)
    // random is 0.5: half of 500 ms, half of 1000 ms.
    expect(clock.slept).toEqual([250, 500])
  })

  it('end with the last error', async () => {
    const { client, seen } = await fakeApi(failing(9, { status: 503 }))
    expect(await fault(client.domains.get(7, 1))).toMatchObject({ status: 503 })
    expect(seen).toHaveLength(3)
  })

  it.each([400, 401, 403, 404, 409, 422, 501])('do not happen after %i', async (status) => {
    const { client, seen } = await fakeApi(failing(9, { status }))
    await fault(client.domains.get(7, 1))
    expect(seen).toHaveLength(1)
  })

  it('can be set per client and per call', async () => {
    const { client, seen } = await fakeApi(failing(9, { status: 503 }), { maxRetries: 1 })
    await fault(client.domains.get(7, 1))
    expect(seen).toHaveLength(2)
    await fault(client.domains.get(7, 1, { maxRetries: 0 }))
    expect(seen).toHaveLength(3)
  })

  it('follow a connection that breaks before the answer', async () => {
    const { client, seen } = await fakeApi(failing(1, { cut: 'reset' }))
    expect(await client.domains.get(7, 1)).toMatchObject({ id: 1 })
    expect(seen).toHaveLength(2)
  })

  it('wait as long as Retry-After says, in seconds or until a date by the clock of the server', async () => {
    const at = async (retryAfter: string) => {
      const headers = { 'retry-after': retryAfter, date: 'Thu, 01 Jan 2026 00:00:00 GMT' }
      const api = await fakeApi(failing(1, { status: 429, headers }), { random: () => 0 })
      await api.client.domains.get(7, 1)
      return api.clock.slept[0]
    }
    expect(await at('7')).toBe(7_000)
    expect(await at('Thu, 01 Jan 2026 00:00:30 GMT')).toBe(30_000)
    expect(await at('Wed, 31 Dec 2025 00:00:00 GMT')).toBe(0)
    expect(await at('1.5')).toBe(1_500)
    expect(await at('soon')).toBe(0)
  })

  it('stop at once where Retry-After asks for more than a minute, and say when to come back', async () => {
    const api = await fakeApi(() => ({ status: 503, headers: { 'retry-after': '3600' } }))
    const error = await fault(api.client.domains.get(7, 1))
    expect(error).toMatchObject({ name: 'ServerError', retryAfter: 3_600_000 })
    expect(error.message).toContain('The server allows the next request in 3600 seconds.')
    expect(api.seen).toHaveLength(1)
    expect(api.clock.slept).toEqual([])
  })

  it('leave what Retry-After said on the error when it is no use waiting', async () => {
    const { client } = await fakeApi(() => ({ status: 429, headers: { 'retry-after': '120' } }), { maxRetries: 0 })
    expect(await fault(client.domains.get(7, 1))).toMatchObject({ retryAfter: 120_000 })
  })

  it('repeat a PUT after a broken connection, but a POST that may have been carried out never', async () => {
    const put = await fakeApi(failing(1, { cut: 'reset' }))
    await put.client.domains.update(7, 1, { rua_report: true })
    expect(put.seen).toHaveLength(2)
    const post = await fakeApi(() => ({ cut: 'reset' }))
    expect(await fault(post.client.accounts.create({ title: 'A' }))).toBeInstanceOf(ConnectionError)
    expect(post.seen).toHaveLength(1)
  })

  it('repeat a POST after 429, and after a refused connection', async () => {
    const account = { id: 3, title: 'A', slug: 'a' }
    const limited = await fakeApi((_, count) => (count === 1 ? { status: 429 } : { body: account }))
    expect(await limited.client.accounts.create({ title: 'A' })).toMatchObject(account)

    const refused = await fakeApi(() => ({}), { baseUrl: `http://127.0.0.1:${await closedPort()}` })
    const error = await fault(refused.client.accounts.create({ title: 'A' }))
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error.notSent).toBe(true)
    expect(error.message).toContain('ECONNREFUSED')
    expect(refused.clock.slept).toHaveLength(2)
  })

  it('take "not found" for done when an earlier attempt of the same deletion was cut off', async () => {
    const cutOff = await fakeApi((_, count) => (count === 1 ? { cut: 'reset' } : { status: 404 }))
    await expect(cutOff.client.tags.delete(3)).resolves.toBeUndefined()
    const limited = await fakeApi((_, count) => (count === 1 ? { status: 429 } : { status: 404 }))
    expect((await fault(limited.client.accounts.delete(3))).status).toBe(404)
  })
})

describe('a timeout', () => {
  it('ends an attempt without an answer, is retried, and has a class of its own', async () => {
    const { client, seen } = await fakeApi((_, count) => (count < 3 ? { cut: 'silence' } : { body: vendorDomain(1) }), {
      clock: systemClock,
      random: () => 0,
      timeout: 200,
    })
    expect(await client.domains.get(7, 1)).toMatchObject({ id: 1 })
    expect(seen).toHaveLength(3)
    const stuck = await fakeApi(() => ({ cut: 'silence' }), { clock: systemClock })
    const error = await fault(stuck.client.domains.get(7, 1, { timeout: 20, maxRetries: 0 }))
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error.message).toContain('within 20 ms')
  })

  it('ends even a fetch that takes no notice of its signal', async () => {
    const { client } = await fakeApi(() => ({}), { clock: systemClock, fetch: () => new Promise(() => {}) })
    expect(await fault(client.domains.get(7, 1, { timeout: 10, maxRetries: 0 }))).toBeInstanceOf(TimeoutError)
  })
})

describe("the caller's abort", () => {
  it('ends a call at once and is never retried', async () => {
    const abort = new AbortController()
    const { client, seen } = await fakeApi(() => {
      abort.abort(new Error('changed my mind'))
      return { cut: 'silence' }
    })
    const error = await fault(client.domains.get(7, 1, { signal: abort.signal }))
    expect(error).toBeInstanceOf(AbortedError)
    expect(error.cause).toMatchObject({ message: 'changed my mind' })
    expect(seen).toHaveLength(1)
  })

  it('ends the wait before a retry', async () => {
    const abort = new AbortController()
    const { client, seen } = await fakeApi(
      () => {
        setTimeout(() => abort.abort(), 20)
        return { status: 503, headers: { 'retry-after': '60' } }
      },
      { clock: systemClock },
    )
    expect(await fault(client.domains.get(7, 1, { signal: abort.signal }))).toBeInstanceOf(AbortedError)
    expect(seen).toHaveLength(1)
  })

  it('before the call sends nothing', async () => {
    const { client, seen } = await fakeApi(() => ({}))
    expect(await fault(client.domains.get(7, 1, { signal: AbortSignal.abort() }))).toBeInstanceOf(AbortedError)
    expect(seen).toEqual([])
  })
})

it('an answer longer than the limit is an error that says what to do', async () => {
  const { client } = await fakeApi(
    () => ({ body: { domains: [vendorDomain(1, 'a.example', { x: 'x'.repeat(5000) })] } }),
    {
      maxBodySize: 4000,
    },
  )
  await expect(client.domains.list().all()).rejects.toMatchObject({
    name: 'UnexpectedAnswerError',
    message: expect.stringMatching(/answered with more than 4000 bytes.*perPage.*maxBodySize/),
  })
})
