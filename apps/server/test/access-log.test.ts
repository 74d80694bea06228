import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '../src/config/logger.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

describe('the access log', () => {
  let server: TestServer
  const lines: string[] = []
  beforeAll(async () => {
    server = await startTestServer({
      config: { api: { port: 0, trustProxy: ['127.0.0.1'] } },
      logger: createLogger('info', (line) => lines.push(line)),
    })
  })
  afterAll(() => server?.close())
  beforeEach(() => {
    lines.length = 0
  })

  /** The line of a request. It is written after the answer has left. */
  const lineOf = async (requestId: string | null) => {
    const found = () => lines.map((line) => JSON.parse(line)).find(({ reqId, access }) => reqId === requestId && access)
    await expect.poll(found, { timeout: 10_000 }).toBeDefined()
    return found().access
  }
  const send = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(server.apiUrl + path, { headers: { 'x-forwarded-for': '192.0.2.7', ...headers } })
    return lineOf(response.headers.get('x-request-id'))
  }

  it('has a line for each request, with its id, the address of the client behind a proxy, and who it is', async () => {
    const authorization = `Token token=${server.owner.token}`
    expect(await send('/v2/accounts.json?page=1', { authorization })).toMatchObject({
      method: 'GET',
      path: '/v2/accounts',
      operation: 'listAccounts',
      status: 200,
      address: '192.0.2.7',
      user: server.owner.userId,
      token: expect.any(Number),
      milliseconds: expect.any(Number),
    })
    expect(await send('/v2/accounts')).toMatchObject({ status: 401, address: '192.0.2.7' })
    expect(await send('/v2/nowhere')).toMatchObject({ status: 404, path: '/v2/nowhere' })
  })

  it('has no token, header or query, and no line that a request has made up', async () => {
    const canary = 'canary-of-the-access-log'
    await send(`/v2/accounts?token=${canary}`, { authorization: `Token token=${canary}`, 'x-request-id': canary })
    await send('/v2/%0a%7b%22level%22:60%7d')
    expect(lines.join('')).not.toContain(canary)
    expect(lines.map((line) => line.match(/\n/g)?.length)).toEqual(lines.map(() => 1))
  })
})
