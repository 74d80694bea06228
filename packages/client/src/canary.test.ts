import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { canaryToken, fakeApi, type Reply } from '../test/fake-api.ts'
import { type ClientOptions, DmarcReportClient, systemClock, waitUntilReady } from './index.ts'

/** A server and a network that give the token back in every way they can. */
const echo = `authorization: Token token=${canaryToken}`
const hostile: [string, Reply][] = [
  ['a message', { status: 401, body: { message: `bad ${echo}` } }],
  [
    'our own error shape',
    { status: 422, body: { error: { code: canaryToken, message: echo, details: [{ field: echo, message: echo }] } } },
  ],
  ['fields', { status: 422, body: { errors: { [canaryToken]: [echo] } } }],
  ['plain text', { status: 403, body: echo }],
  ['an HTML page', { status: 500, body: `<html><title>${echo}</title></html>` }],
  ['headers', { status: 429, headers: { 'x-request-id': canaryToken, 'x-echo': echo, 'retry-after': '1' } }],
  ['a redirect', { status: 302, headers: { location: `https://x.example/?token=${canaryToken}` } }],
  ['a success of another shape', { body: { [canaryToken]: echo } }],
  ['a success that is text', { body: echo }],
  ['a broken connection', { cut: 'reset' }],
]

/** Everything a reader, a log or a serialiser could get to see of a value. */
const everything = (value: unknown): string =>
  [
    inspect(value, { depth: Infinity, showHidden: true }),
    String(value),
    JSON.stringify(value),
    value instanceof Error ? `${value.stack} ${JSON.stringify(Object.entries(value))} ${everything(value.cause)}` : '',
  ].join('\n')

async function leaks(reply: Reply, options: Partial<ClientOptions> = {}) {
  const { client, logged } = await fakeApi(() => reply, options)
  const domain = { address: 'a.example', rua_report: true, ruf_report: true }
  const calls: (() => Promise<unknown>)[] = [
    () => client.domains.list().all(),
    () => client.domains.get(7, 41),
    () => client.domains.create(7, domain),
    () => client.domains.update(7, 41, { rua_report: true }),
    () => client.domains.delete(7, 41),
    () => client.domains.verifyHostedDmarc(7, 41),
    () => client.accounts.create({ title: 'A' }),
    () => client.tags.list().all(),
    () => client.capabilities(),
    () => client.request('getDomain', { params: { account_id: canaryToken, id: 1 } }),
    () => waitUntilReady(client, { accountId: 7, domainId: 41 }, { timeout: 100_000 }),
  ]
  const seen: string[] = []
  for (const call of calls) {
    await call().catch((error) => {
      expect(error).toBeInstanceOf(Error)
      seen.push(everything(error))
    })
  }
  expect(seen.length).toBeGreaterThan(5)
  expect(logged.length).toBeGreaterThan(0)
  return [...seen, ...logged.map(everything), everything(client)].filter((text) => text.includes(canaryToken))
}

it.each(hostile)('the token is in no error and no log when the server sends it back in %s', async (_, reply) => {
  expect(await leaks(reply)).toEqual([])
})

it('nor when fetch itself throws it, with the whole request hung on the error', async () => {
  const fetch: typeof globalThis.fetch = async (_, init) => {
    const request = { headers: Object.fromEntries(new Headers(init?.headers)) }
    const cause = Object.assign(new Error(`write ${echo}`), { code: 'ECONNRESET', request })
    throw Object.assign(new TypeError(`fetch failed: ${echo}`, { cause }), { config: request })
  }
  expect(await leaks({}, { fetch })).toEqual([])
})

it("nor in the caller's own reason for an abort, nor in a timeout", async () => {
  const abort = AbortSignal.abort(new Error(echo))
  const { client } = await fakeApi(() => ({ cut: 'silence' }), { clock: systemClock })
  for (const options of [{ signal: abort }, { timeout: 10, maxRetries: 0 }]) {
    const error = await client.domains.get(7, 41, options).catch((error) => error)
    expect(error).toBeInstanceOf(Error)
    expect(everything(error)).not.toContain(canaryToken)
  }
})

it('nor in the message about a token that cannot be sent', () => {
  for (const token of [`${canaryToken}\n`, ` ${canaryToken}`, `${canaryToken}é`]) {
    let caught: unknown
    try {
      new DmarcReportClient({ token })
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(Error)
    expect(everything(caught)).not.toContain(canaryToken)
  }
})

it('the canary would be seen: an unredacted error fails this test', () => {
  expect(everything(new Error('x', { cause: { headers: [echo] } }))).toContain(canaryToken)
})
