import { describe, expect, it } from 'vitest'
import { fakeApi, type Reply, type Seen, vendorDomain } from '../../test/fake-api.ts'
import { AbortedError, ConflictError, OutcomeUnknownError, systemClock } from '../index.ts'

const input = { address: 'Münch.example', rua_report: true, ruf_report: false }
const domain = (id: number, more: object = {}) =>
  vendorDomain(id, 'xn--mnch-0ra.example', { ruf_report: false, ...more })
const created = domain(41)
const longAgo = domain(40)

interface Account {
  /** Answers to the POSTs, the last one over and over. */
  posts: Reply[]
  /** Listed before the first POST. */
  before?: object[] | Reply
  /** Answers to the lists after it, the last one over and over. */
  lists?: (object[] | Reply)[]
  extensions?: string[]
}

/** A server with one account. */
async function account({ posts, before = [], lists = [[]], extensions = ['paging'] }: Account) {
  const answers = [...posts]
  const later = [...lists]
  const next = <Answer>(queue: Answer[]) => (queue.length > 1 ? queue.shift() : queue[0]) as Answer
  const api = await fakeApi(({ path, method }: Seen) => {
    if (path === '/v2/capabilities') return { body: { extensions } }
    if (method === 'POST') return next(answers)
    const posted = api.seen.some((one) => one.method === 'POST')
    const listed = posted ? next(later) : before
    if (!Array.isArray(listed)) return listed
    const id = /domains\/(\d+)\.json/.exec(path)?.[1]
    if (id === undefined) return { body: { domains: listed } }
    const one = listed.find((each) => (each as { id: number }).id === Number(id))
    return one ? { body: one } : { status: 404 }
  })
  return {
    ...api,
    create: () => api.client.domains.create(7, input),
    methods: () => api.seen.flatMap(({ method, path }) => (path === '/v2/capabilities' ? [] : [method])).join(' '),
  }
}

const fault = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    (error) => error,
  )

const keysOf = (seen: Seen[]) =>
  seen.flatMap(({ method, headers }) => (method === 'POST' ? [headers['idempotency-key']] : []))

describe('creating a domain', () => {
  it('is one POST, after a look at what is there, when all goes well', async () => {
    const { create, seen } = await account({ posts: [{ status: 201, body: created }] })
    expect(await create()).toMatchObject({ id: 41, account_id: 7 })
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v2/capabilities',
      'GET /v2/accounts/7/domains.json',
      'POST /v2/accounts/7/domains.json',
    ])
    expect(seen.at(-1)?.body).toEqual({ domain: input })
  })

  it.each([
    ['a connection that broke', { cut: 'reset' }],
    ['502', { status: 502 }],
    ['500', { status: 500 }],
  ] as const)('is found by reading back after %s, in whatever spelling', async (_, reply) => {
    const { create, methods } = await account({ posts: [reply], lists: [[vendorDomain(1), created]] })
    expect(await create()).toMatchObject({ id: 41 })
    expect(methods()).toBe('GET POST GET')
  })

  it('is found beside one of the same name that was there before, whatever the clocks say', async () => {
    const { create } = await account({
      posts: [{ cut: 'reset' }],
      before: [longAgo],
      lists: [[longAgo, domain(41, { created_at: undefined })]],
    })
    expect(await create()).toMatchObject({ id: 41 })
  })

  it('is repeated when reading back, and again after a pause, shows that it did not happen', async () => {
    const { create, methods, clock } = await account({ posts: [{ cut: 'reset' }, { status: 201, body: created }] })
    expect(await create()).toMatchObject({ id: 41 })
    expect(methods()).toBe('GET POST GET GET POST')
    expect(clock.slept).toEqual([5000])
  })

  it('is repeated without reading back after 429', async () => {
    const { create, methods } = await account({ posts: [{ status: 429 }, { status: 201, body: created }] })
    await create()
    expect(methods()).toBe('GET POST POST')
  })

  it('knows its own late success from the duplicate that the repetition met', async () => {
    for (const status of [409, 422]) {
      const { create, methods } = await account({ posts: [{ cut: 'reset' }, { status }], lists: [[], [], [created]] })
      expect(await create()).toMatchObject({ id: 41 })
      expect(methods()).toBe('GET POST GET GET POST GET')
    }
  })

  it('is found when it was carried out only while the client waited', async () => {
    for (const posts of [[{ cut: 'reset' }], [{ cut: 'reset' }, { status: 409 }]] as Reply[][]) {
      const lists = posts.length > 1 ? [[], [], [], [created]] : [[], [created]]
      expect(await (await account({ posts, lists })).create()).toMatchObject({ id: 41 })
    }
  })

  it('is asked for again with the same key, and nothing is listed, where the server knows idempotency keys', async () => {
    const posts: Reply[] = [{ cut: 'reset' }, { status: 503 }, { status: 201, body: longAgo }]
    const { create, methods, seen } = await account({ posts, extensions: ['idempotency_keys'] })
    expect(await create()).toMatchObject({ id: 40 })
    expect(methods()).toBe('POST POST POST')
    expect(new Set(keysOf(seen)).size).toBe(1)
  })

  it('carries one key over all attempts, which the caller may choose', async () => {
    const posts: Reply[] = [{ cut: 'reset' }, { status: 429 }, { status: 201, body: created }]
    const { create, seen } = await account({ posts })
    await create()
    const [first, ...others] = keysOf(seen)
    expect(first).toMatch(/^"[0-9a-f-]{36}"$/)
    expect(others).toEqual([first, first])
    const own = await account({ posts: [{ status: 201, body: created }] })
    await own.client.domains.create(7, input, { idempotencyKey: 'mine "\\' })
    await own.create()
    expect(keysOf(own.seen)).toEqual(['"mine \\"\\\\"', expect.not.stringContaining('mine')])
  })

  it('refuses a key that no header can carry', async () => {
    const { client, methods } = await account({ posts: [{ status: 201, body: created }] })
    for (const idempotencyKey of ['', 'é', 'a\nb', 'x'.repeat(256)]) {
      const error = await fault(client.domains.create(7, input, { idempotencyKey }))
      expect(error).toMatchObject({ name: 'InvalidArgumentError', message: expect.stringContaining('idempotencyKey') })
    }
    expect(methods()).not.toContain('POST')
  })

  it('reads back when a success does not show the domain', async () => {
    for (const post of [{ status: 201 }, { status: 204 }, { body: { domain: vendorDomain(5, 'other.example') } }]) {
      const { create, methods } = await account({ posts: [post], lists: [[created]] })
      expect(await create()).toMatchObject({ id: 41 })
      expect(methods()).toBe('GET POST GET')
    }
  })

  it('obeys Retry-After, and asks for nothing before', async () => {
    const busy = { status: 503, headers: { 'retry-after': '30' } }
    const { create, clock, methods } = await account({ posts: [busy, { status: 201, body: created }] })
    await create()
    // random is 0.5: half of the 500 ms that are spread.
    expect(clock.slept).toEqual([30_250, 5000])
    expect(methods()).toBe('GET POST GET GET POST')
  })

  it('needs no list where the token may not read one', async () => {
    const { create } = await account({ posts: [{ status: 201, body: created }], before: { status: 403 } })
    expect(await create()).toMatchObject({ id: 41 })
  })
})

describe('creating a domain fails', () => {
  it('with the duplicate, when it was there before', async () => {
    const { create, methods } = await account({ posts: [{ status: 409 }], before: [longAgo], lists: [[longAgo]] })
    expect(await fault(create())).toBeInstanceOf(ConflictError)
    expect(methods()).toBe('GET POST')
  })

  it('before anything is sent when the server cannot be read', async () => {
    const { create, methods } = await account({ posts: [{ status: 201, body: created }], before: { status: 503 } })
    expect(await fault(create())).toMatchObject({ name: 'ServerError', method: 'GET' })
    expect(methods()).not.toContain('POST')
  })

  it.each([
    ['after a connection that broke', { cut: 'reset' }],
    ['of a 200', { body: longAgo }],
    ['of a 201', { status: 201, body: longAgo }],
    ['of an answer without a domain', { status: 204 }],
  ] as [string, Reply][])('rather than passing off an older domain as the new one, %s', async (_, post) => {
    const { create } = await account({ posts: [post], before: [longAgo], lists: [[longAgo]] })
    const error = await fault(create())
    expect(error).toMatchObject({ name: 'OutcomeUnknownError', call: { method: 'POST' } })
    expect(error.message).toMatch(/id 40.* was there before/)
  })

  it.each([
    ['an answer', { status: 201, body: domain(41, { ruf_report: true }) }, [[domain(41, { ruf_report: true })]]],
    ['the list after a cut', { cut: 'reset' }, [[domain(41, { ruf_report: true })]]],
  ] as [string, Reply, object[][]][])('where %s shows other settings, and names each', async (_, post, lists) => {
    const error = await fault((await account({ posts: [post], lists })).create())
    expect(error).toMatchObject({
      name: 'OutcomeUnknownError',
      differences: [{ field: 'ruf_report', asked: false, found: true }],
      found: { id: 41 },
      call: { method: 'POST' },
    })
    expect(error.message).toContain('ruf_report is true instead of false')
  })

  it.each([
    ['one that may have been there', { posts: [{ cut: 'reset' }], before: { status: 403 }, lists: [[created]] }],
    [
      'one that may have been there, after 204',
      { posts: [{ status: 204 }], before: { status: 403 }, lists: [[created]] },
    ],
    ['nothing', { posts: [{ status: 204 }] }],
    ['another domain', { posts: [{ body: vendorDomain(5, 'other.example') }] }],
    ['the domain in 202, but not the list', { posts: [{ status: 202, body: created }] }],
  ] as [string, Account][])('when nothing shows it but %s', async (_, script) => {
    const error = await fault((await account(script)).create())
    expect(error).toMatchObject({ name: 'OutcomeUnknownError', call: { method: 'POST' } })
  })

  it.each([
    ['it carries errors', { errors: { address: ['has already been taken'] } }],
    ['it carries an error', { error: 'taken' }],
  ])('with a domain in the answer, where %s', async (_, more) => {
    const { create } = await account({ posts: [{ body: { domain: { ...created, ...more } } }] })
    expect(await fault(create())).toMatchObject({ message: expect.stringContaining('its body reports a failure') })
  })

  it('with the refusal, when a repetition is refused because of one that was there before', async () => {
    const posts: Reply[] = [{ cut: 'reset' }, { status: 422 }]
    const { create } = await account({ posts, before: [longAgo], lists: [[], [], [longAgo]] })
    expect(await fault(create())).toMatchObject({ name: 'ValidationError', status: 422 })
  })

  it.each([
    [409, {}],
    [422, {}],
    [401, {}],
    [429, { 'retry-after': '100' }],
    [503, { 'retry-after': '100' }],
  ])('without saying what became of it, when %i follows an attempt that was cut off', async (status, headers) => {
    const { create, clock } = await account({ posts: [{ cut: 'reset' }, { status, headers, body: { error: 'slow' } }] })
    const error = await fault(create())
    expect(error).toMatchObject({ name: 'OutcomeUnknownError', call: { method: 'POST' } })
    expect(error.message).toMatch(/was cut off .*, and repeating it failed .* slow/)
    expect(error.message).toContain('It may exist: look before creating it again.')
    expect(Math.max(...clock.slept)).toBeLessThanOrEqual(5000)
  })

  it('at once when Retry-After asks for more than a caller can wait for, and names the time', async () => {
    const { create, methods, clock } = await account({ posts: [{ status: 503, headers: { 'retry-after': '3600' } }] })
    const error = await fault(create())
    expect(error).toMatchObject({ name: 'ServerError', retryAfter: 3_600_000 })
    expect(error.message).toContain('allows the next request in 3600 seconds')
    expect(methods()).toBe('GET POST')
    expect(clock.slept).toEqual([])
  })

  it('when reading back fails too, and says that it may exist', async () => {
    const { create } = await account({ posts: [{ cut: 'reset' }], lists: [{ status: 403 }] })
    const error = await fault(create())
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.message).toContain('It may exist: look before creating it again.')
    expect(error.cause).toMatchObject({ name: 'ConnectionError' })
  })

  it('after the retries, with the error of the last attempt, once nothing is listed', async () => {
    const { create, methods } = await account({ posts: [{ status: 503 }] })
    expect(await fault(create())).toMatchObject({ status: 503 })
    expect(methods()).toBe('GET POST GET GET POST GET GET POST GET GET')
  })

  it('with what exists, where every answer to the same key was lost', async () => {
    const { create, methods } = await account({
      posts: [{ cut: 'reset' }],
      lists: [[created]],
      extensions: ['idempotency_keys'],
    })
    const error = await fault(create())
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.found).toMatchObject({ id: 41 })
    expect(error.message).toContain('One with id 41 exists, and nothing shows whether it is the one asked for')
    expect(methods()).toMatch(/^POST POST POST( GET)+$/)
  })

  it('with the error of the last attempt, where nothing exists after all attempts with the same key', async () => {
    const { create, methods } = await account({ posts: [{ status: 503 }], extensions: ['idempotency_keys'] })
    expect(await fault(create())).toMatchObject({ status: 503 })
    expect(methods()).toBe('POST POST POST GET')
  })

  it('when the caller aborts while it waits to try again', async () => {
    const abort = new AbortController()
    const { client, seen } = await fakeApi(
      ({ method, path }) => {
        if (path === '/v2/capabilities') return { body: { extensions: ['paging'] } }
        if (method === 'POST') setTimeout(() => abort.abort(), 100)
        return method === 'POST' ? { status: 503 } : { body: { domains: [] } }
      },
      { clock: systemClock, random: () => 1 },
    )
    expect(await fault(client.domains.create(7, input, { signal: abort.signal }))).toBeInstanceOf(AbortedError)
    expect(seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })
})
