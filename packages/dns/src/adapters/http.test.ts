import { describe, expect, it, onTestFinished } from 'vitest'
import { type StandInAnswer, startStandIn } from '../../../../test-support/dns-services/server.ts'
import { createHttp } from './http.ts'

async function start(answer: (path: string, count: number) => StandInAnswer | Promise<StandInAnswer>, options = {}) {
  let count = 0
  const server = await startStandIn((request) => answer(request.url.pathname, ++count))
  onTestFinished(() => server.close())
  const pauses: number[] = []
  const http = createHttp({
    service: 'cloudflare',
    label: 'Service',
    baseUrl: server.url,
    authorise: () => ({ authorization: 'Bearer canary' }),
    describeError: () => undefined,
    sleep: async (milliseconds) => void pauses.push(milliseconds),
    clock: () => Date.UTC(2026, 0, 1),
    random: () => 0.5,
    ...options,
  })
  return { server, http, pauses }
}

const never = () => new Promise<StandInAnswer>(() => {})

describe('requests to a service', () => {
  it('end in the time allowed, and a read is tried again', async () => {
    const { http, pauses } = await start((_, count) => (count === 1 ? never() : { status: 200, body: { ok: true } }), {
      timeout: 150,
    })
    expect((await http('/slow')).body).toEqual({ ok: true })
    expect(pauses).toEqual([250])
    const deaf = await start(never, { timeout: 50 })
    await expect(deaf.http('/slow')).rejects.toMatchObject({ kind: 'timed-out', message: /within 50 ms/ })
  })

  it('obey Retry-After as seconds, with a fraction and as a date', async () => {
    const headers = ['3', '0.5', 'Thu, 01 Jan 2026 00:00:08 GMT']
    const { http, pauses } = await start((_, count) =>
      count <= 3 ? { status: 429, headers: { 'retry-after': headers[count - 1] ?? '' } } : { status: 200 },
    )
    await http('/', { method: 'POST', body: {} })
    expect(pauses).toEqual([3250, 750, 8250])
  })

  it('fail at once and tell when to come back, where a limit lasts longer than five minutes', async () => {
    const { http, pauses } = await start(() => ({ status: 429, headers: { 'retry-after': '86400' } }))
    await expect(http('/')).rejects.toMatchObject({ kind: 'throttled', message: /Try again in 24 hours\./ })
    expect(pauses).toEqual([])
  })

  it('wait as a service says by a header of its own', async () => {
    const waitOf = (_: number, headers: Headers, now: number) => Number(headers.get('x-reset')) * 1000 - now
    const reset = `${Date.UTC(2026, 0, 1, 0, 0, 20) / 1000}`
    const { http, pauses } = await start(
      (_, count) => (count === 1 ? { status: 429, headers: { 'x-reset': reset } } : { status: 200 }),
      { waitOf },
    )
    await http('/')
    expect(pauses).toEqual([20_250])
  })

  it('see an error that comes with status 200, and repeat a read that is a POST', async () => {
    const failureIn = (body: unknown) => ((body as { status?: string }).status === 'ERROR' ? 'refused' : undefined)
    const refusing = await start(() => ({ status: 200, body: { status: 'ERROR' } }), { failureIn })
    await expect(refusing.http('/read', { method: 'POST' })).rejects.toMatchObject({
      kind: 'refused',
      message: /Service refused POST \/read/,
    })
    const lost = await start((_, count) => (count === 1 ? { status: 503 } : { status: 200, body: {} }))
    await lost.http('/read', { method: 'POST', repeatable: true })
    expect(lost.server.requests).toHaveLength(2)
    await expect(
      (await start(() => ({ status: 503 }))).http('/write', { method: 'GET', repeatable: false }),
    ).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('are signed with their method, address and body', async () => {
    const signed: unknown[] = []
    const authorise = (_: unknown, { method, url, body }: { method: string; url: URL; body: string }) => {
      signed.push([method, url.pathname + url.search, body])
      return {}
    }
    const { http } = await start(() => ({ status: 200, body: {} }), { authorise })
    await http('/a', { method: 'POST', query: { b: 1 }, body: { c: 2 } })
    expect(signed).toEqual([['POST', '/a?b=1', '{"c":2}']])
  })

  it('follow no redirect, so that credentials stay where they belong', async () => {
    const elsewhere = await start(() => ({ status: 200, body: {} }))
    const { http } = await start(() => ({ status: 302, headers: { location: `${elsewhere.server.url}/stolen` } }))
    await expect(http('/', { method: 'POST' })).rejects.toMatchObject({ kind: 'unavailable' })
    expect(elsewhere.server.requests).toEqual([])
  })

  it.each<[number, string]>([
    [400, 'refused'],
    [401, 'unauthorised'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'changed'],
    [412, 'changed'],
    [422, 'refused'],
    [500, 'unavailable'],
  ])('status %i means %s', async (status, kind) => {
    const { http } = await start(() => ({ status, body: '<html>' }))
    const failed = await http('/x', { method: 'POST' }).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind, message: new RegExp(`Service answered ${status} to POST /x`) })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })

  it("stop with the caller's reason, during a request and during a pause", async () => {
    const abort = new AbortController()
    const { http } = await start(() => {
      abort.abort(new Error('enough'))
      return never()
    })
    await expect(http('/', { signal: abort.signal })).rejects.toThrow('enough')
    const pausing = await start(() => ({ status: 503 }), { sleep: undefined })
    const signal = AbortSignal.timeout(100)
    await expect(pausing.http('/', { signal })).rejects.toMatchObject({
      name: expect.stringMatching(/TimeoutError|AbortError/),
    })
  })

  it('fail at once when nothing listens', async () => {
    const { server, http } = await start(() => ({ status: 200 }))
    await server.close()
    await expect(http('/', { method: 'POST' })).rejects.toMatchObject({ kind: 'unavailable', message: /ECONNREFUSED/ })
  })
})
