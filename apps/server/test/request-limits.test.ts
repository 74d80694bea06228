import { afterEach, describe, expect, it } from 'vitest'
import { tokenLimit } from '../src/api/token-limit.ts'
import { createLogger } from '../src/config/logger.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { describeEngines } from './engines.ts'
import { createTenant, startTestServer, type TestServer } from './start-test-server.ts'

describeEngines('the budget of requests of a token', (fresh) => {
  const stores: Store[] = []
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close()
  })

  async function replicas(count: number, perMinute: number, now: () => number) {
    const location = await fresh()
    for (let index = 0; index < count; index++) stores.push(await openStore(location))
    const [first] = stores
    if (!first) throw new Error('no store')
    const { token } = await createTenant(first, 'a@example.com')
    expect(token).toBeDefined()
    const { id } = await first.db.selectFrom('tokens').select('id').executeTakeFirstOrThrow()
    return { id, limits: stores.map((store) => tokenLimit({ store, perMinute, now })) }
  }

  it.each([1, 7, 50])('of %i a minute is shared by three processes, to the last request', async (perMinute) => {
    let now = 60_000
    const { id, limits } = await replicas(3, perMinute, () => now)
    let allowed = 0
    for (let index = 0; index < perMinute * 2 + 3; index++) {
      if ((await limits[index % 3]?.(id)) === undefined) allowed += 1
    }
    // A slice that one process has leased and not used is not used by another.
    expect(allowed).toBeLessThanOrEqual(perMinute)
    expect(allowed).toBeGreaterThanOrEqual(perMinute - 2 * Math.ceil(perMinute / 20))
    expect(await limits[0]?.(id)).toBe(60)
    now = 119_000
    expect(await limits[0]?.(id)).toBe(1)
    now = 120_000
    expect(await limits[0]?.(id)).toBeUndefined()
  })

  it('is granted whole to requests that arrive at the same time', async () => {
    const { id, limits } = await replicas(1, 40, () => 60_000)
    const verdicts = await Promise.all(Array.from({ length: 60 }, () => limits[0]?.(id)))
    expect(verdicts.filter((verdict) => verdict === undefined)).toHaveLength(40)
  })

  it('of a large size survives many restarts within a minute', async () => {
    const { id } = await replicas(1, 1_000_000, () => 60_000)
    const [store] = stores
    if (!store) throw new Error('no store')
    for (let start = 0; start < 50; start++) {
      const restarted = tokenLimit({ store, perMinute: 1_000_000, now: () => 60_000 })
      expect(await restarted(id)).toBeUndefined()
    }
  })

  it('is not written with every request', async () => {
    const { id, limits } = await replicas(1, 6000, () => 60_000)
    for (let index = 0; index < 6000; index++) await limits[0]?.(id)
    const row = await stores[0]?.db.selectFrom('token_budgets').select('leased').executeTakeFirst()
    expect(row?.leased).toBe(20)
  })
})

describe('the limit of requests from one address', () => {
  let server: TestServer
  const logged: string[] = []
  afterEach(() => server?.close())

  const ready = async (forwarded?: string) => {
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    return (await fetch(`${server.apiUrl}/readyz`, { headers })).status
  }

  it('refuses before the database is asked, whatever the request', async () => {
    server = await startTestServer({ config: { limits: { requestsPerMinuteAndAddress: 3 } } })
    expect([await ready(), await ready(), await ready()]).toEqual([200, 200, 200])
    await server.store.close()
    const refused = await server.call('GET', '/v2/all_domains.json')
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'too_many_requests' } } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await ready()).toBe(429)
  })

  it('counts clients behind a trusted proxy by themselves', async () => {
    server = await startTestServer({
      config: { api: { port: 0, trustProxy: ['127.0.0.0/8'] }, limits: { requestsPerMinuteAndAddress: 1 } },
    })
    expect(await ready('203.0.113.1')).toBe(200)
    expect(await ready('203.0.113.1')).toBe(429)
    expect(await ready('203.0.113.2')).toBe(200)
    // Some proxies write the port as well, which is another one for each connection.
    expect(await ready('203.0.113.2:4711')).toBe(429)
    expect(await ready('[2001:db8::1]:4711')).toBe(200)
    expect(await ready('[2001:db8::2]:4712')).toBe(429)
  })

  it.each([
    ['a method that the path does not have', { method: 'PATCH', path: '/v2/tags' }, 405],
    ['an unknown path', { method: 'GET', path: '/v3' }, 404],
    ['a URL that cannot be decoded', { method: 'GET', path: '/v2/accounts/%ff' }, 400],
  ])('counts %s', async (_, { method, path }, status) => {
    server = await startTestServer({ config: { limits: { requestsPerMinuteAndAddress: 2 } } })
    const statuses: number[] = []
    for (let index = 0; index < 4; index++) statuses.push((await fetch(`${server.apiUrl}${path}`, { method })).status)
    expect(statuses).toEqual([status, status, 429, 429])
  })

  it('believes no header of a stranger, and says what to set behind a proxy', async () => {
    const logger = createLogger('warn', (line) => logged.push(line))
    server = await startTestServer({ config: { limits: { requestsPerMinuteAndAddress: 1 } }, logger })
    expect(await ready('203.0.113.1')).toBe(200)
    expect(await ready('203.0.113.2')).toBe(429)
    expect(logged.filter((line) => line.includes('api.trustProxy'))).toHaveLength(1)
  })
})
