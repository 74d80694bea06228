import { operation, operations } from '@dmarc-as-code/client/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operationOf } from '../src/api/operation-of.ts'
import { apiRoutes } from '../src/api/routes/index.ts'
import { reportApiRoutes } from '../src/api/routes/reports/index.ts'
import { createToken } from '../src/store/tokens.ts'
import { startTestServer, type Tenant, type TestServer } from './start-test-server.ts'

type Name = keyof typeof operations

/** Operations whose path names something, and whose request can be invalid. */
const names = (Object.keys(operations) as Name[]).filter((name) => {
  const contract = operation(name)
  return contract.path.includes(':') && ('body' in contract || 'query' in contract)
})

describe('an invalid request for what the caller has no access to', () => {
  let server: TestServer
  let stranger: Tenant
  let ids: Record<string, string>
  beforeAll(async () => {
    server = await startTestServer()
    stranger = await server.tenant('stranger@example.com')
    const account = server.owner.accountId
    const domain = { address: 'example.test', rua_report: true, ruf_report: true }
    const created = await server.call('POST', `/v2/accounts/${account}/domains.json`, { domain })
    const tag = await server.call('POST', '/v2/tags.json', { tag: { name: 'production' } })
    ids = { account: String(account), domain: String(created.body.id), tag: String(tag.body.id) }
  })
  afterAll(() => server?.close())

  const pathOf = (path: string) =>
    path
      .replace(/(\/accounts\/):\w+/, `$1${ids.account}`)
      .replace(/(\/domains\/):\w+/, `$1${ids.domain}`)
      .replace(/(\/tags\/):\w+/, `$1${ids.tag}`)
      .replace(/:\w+/, '1')

  const invalid = (name: Name) => {
    const contract = operation(name)
    const query = 'query' in contract ? '?per=-1&record=nothing&allow_weaker=' : ''
    const body = 'body' in contract ? { nonsense: true } : undefined
    return [contract.method, pathOf(contract.path) + query, body] as const
  }

  it.each(names)('is answered as not found: %s', async (name) => {
    const answer = await server.call(...invalid(name), stranger.token)
    expect(answer.status).toBe(404)
    expect(answer.body.error.details).toEqual([])
  })

  it.each(names.filter((name) => operation(name).path.includes('/domains') || name === 'updateTag'))(
    'is refused for its values when the caller has access: %s',
    async (name) => {
      expect((await server.call(...invalid(name))).status).toBe(422)
    },
  )

  it('is refused with 403 for a token of one account where all accounts are concerned', async () => {
    const { token } = await createToken(server.store.db, {
      userId: server.owner.userId,
      accountId: server.owner.accountId,
      name: 'one account',
      privileges: ['read', 'write', 'verify'],
      now: Date.now(),
    })
    for (const path of ['/v2/accounts.json', '/v2/tags.json']) {
      expect((await server.call('POST', path, { nonsense: true }, token)).status).toBe(403)
    }
  })

  it.each([...apiRoutes, ...reportApiRoutes])('is refused for its token alone: $name', async (route) => {
    const { userId, accountId } = server.owner
    const tokenWith = async (privileges: ('read' | 'write' | 'verify')[], limit: number | null) =>
      (await createToken(server.store.db, { userId, accountId: limit, name: 'limited', privileges, now: Date.now() }))
        .token
    const { method, path } = operationOf(route.name)
    const body = method === 'POST' || method === 'PUT' ? { nonsense: true } : undefined
    const status = async (token: string | null, address = path) =>
      (await server.call(method, `${pathOf(address)}?per=-1&page=x&from=x&to=x&record=nothing`, body, token)).status
    const others = (['read', 'write', 'verify'] as const).filter((privilege) => privilege !== route.privilege)
    expect(await status(null)).toBe(401)
    expect(await status('x'.repeat(40))).toBe(401)
    expect(await status(await tokenWith(others, null))).toBe(403)
    if (route.allAccounts) expect(await status(await tokenWith(['read', 'write', 'verify'], accountId))).toBe(403)
    if (path.includes(':')) expect(await status(stranger.token)).toBe(404)
  })
})
