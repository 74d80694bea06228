import { operations, reportRoutes, routes } from '@dmarc-as-code/client/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setUserMembership, userMembershipsOf } from '../src/store/memberships.ts'
import { describeEngines } from './engines.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

describeEngines('the API', (fresh) => {
  let server: TestServer
  let account: string
  let domains: string
  beforeAll(async () => {
    server = await startTestServer({ config: { store: await fresh() } })
    account = `/v2/accounts/${server.owner.accountId}`
    domains = `${account}/domains`
  })
  afterAll(() => server?.close())

  const create = async (address: string, fields: object = {}) =>
    (
      await server.call('POST', `${domains}.json`, {
        domain: { address, rua_report: true, ruf_report: true, ...fields },
      })
    ).body

  it('accepts every path with and without .json', async () => {
    for (const path of ['/v2/accounts', '/v2/all_domains', '/v2/tags', '/v2/capabilities', domains]) {
      const [bare, dotted] = [await server.call('GET', path), await server.call('GET', `${path}.json`)]
      expect([bare.status, dotted.status], path).toEqual([200, 200])
      expect(dotted.body).toEqual(bare.body)
    }
  })

  it('accepts the token with or without quotes and the scheme in any case', async () => {
    for (const value of [`Token token="${server.owner.token}"`, `token token=${server.owner.token}`]) {
      const response = await fetch(`${server.apiUrl}/v2/accounts`, { headers: { authorization: value } })
      expect(response.status, value.slice(0, 14)).toBe(200)
    }
  })

  it('stores international names as A-labels', async () => {
    expect(await create('MÜNCHEN.example')).toMatchObject({ address: 'xn--mnchen-3ya.example' })
  })

  it('gives a second domain with the same slug another slug, and finds both by slug', async () => {
    const first = await create('a-b.example')
    const second = await create('a.b.example')
    expect(first.slug).toBe('a-b-example')
    expect(second.slug).toMatch(/^a-b-example-[a-z2-7]{6}$/)
    expect((await server.call('GET', `${domains}/${second.slug}.json`)).body.id).toBe(second.id)
    expect((await server.call('GET', `${domains}/${first.slug}.json`)).body.id).toBe(first.id)
  })

  it('creates parked domains with credits and hosts them with p=reject', async () => {
    const parked = await create('parked.example', { parked_domain: 'true' })
    expect(parked).toMatchObject({ parked_domain: true, parked_domain_credits: 1000, parked_domain_status: 'active' })
    const { body } = await server.call('PUT', `${domains}/${parked.id}.json`, { domain: { hosted_dmarc: true } })
    expect(body.current_dmarc_config).toMatch(/^v=DMARC1; p=reject; sp=reject;/)
    expect(await create('live.example')).not.toHaveProperty('parked_domain_credits')
  })

  it('generates records and publishes one on request', async () => {
    const { id } = await create('generated.example')
    await server.call('PUT', `${domains}/${id}`, { domain: { hosted_dmarc: true } })
    const generate = `${domains}/${id}/generate_dmarc_record.json`
    const draft = await server.call('POST', generate, { p: 'reject', pct: 20, additional_rua_emails: ['a@b.example'] })
    expect(draft.body).toMatchObject({ published: false, record_length: draft.body.dmarc_record.length })
    expect(draft.body.warnings).not.toEqual([])
    const shown = async () => (await server.call('GET', `${domains}/${id}`)).body.current_dmarc_config
    expect(await shown()).toContain('p=none')
    const final = await server.call('POST', generate, { p: 'quarantine', publish: 'true' })
    expect(final.body.published).toBe(true)
    expect(await shown()).toBe(final.body.dmarc_record)
  })

  it('shares tags between accounts and assigns them to domains by id or name', async () => {
    const { body: tag } = await server.call('POST', '/v2/tags.json', { tag: { name: 'Internal', color: '#10B981' } })
    const domain = await create('tagged.example', { tag_names: ['Internal'] })
    expect(domain.tags).toEqual([tag])
    const renamed = await server.call('PUT', `/v2/tags/${tag.id}.json`, { tag: { name: 'Inside' } })
    expect(renamed.body).toEqual({ ...tag, name: 'Inside' })
    expect((await server.call('GET', `${domains}/${domain.id}.json`)).body.tags).toEqual([renamed.body])
    const { body: untagged } = await server.call('PUT', `${domains}/${domain.id}.json`, { domain: { tag_ids: [] } })
    expect(untagged.tags).toEqual([])
    await server.call('PUT', `${domains}/${domain.id}.json`, { domain: { tag_ids: [tag.id] } })
    expect((await server.call('DELETE', `/v2/tags/${tag.id}.json`)).status).toBe(200)
    expect((await server.call('GET', `${domains}/${domain.id}.json`)).body.tags).toEqual([])
    expect((await server.call('GET', `/v2/tags/${tag.id}.json`)).status).toBe(404)
  })

  it('moves a domain between accounts by memberships', async () => {
    const domain = await create('moved.example')
    const { body: other } = await server.call('POST', '/v2/accounts.json', { account: { title: 'Other' } })
    const body = { domain_account: { account_attributes: { id: String(other.id), domain_ids: [domain.id] } } }
    const added = await server.call('POST', `${account}/domain_accounts.json`, body)
    expect(added).toMatchObject({ status: 201, body: { account_id: other.id, domain_id: domain.id } })
    expect((await server.call('POST', `${account}/domain_accounts.json`, body)).status).toBe(409)
    expect((await server.call('GET', `/v2/accounts/other/domains/${domain.id}.json`)).body.account_id).toBe(other.id)

    const { body: memberships } = await server.call('GET', `${account}/domain_accounts`)
    expect(memberships.owner_email).toBe('owner@example.com')
    const mine = memberships.account_managements.find((entry: { domain_id: number }) => entry.domain_id === domain.id)
    const { account_title, domain_address, ...bare } = mine
    expect([account_title, domain_address]).toEqual(['owner@example.com', 'moved.example'])
    expect((await server.call('GET', `${account}/domain_accounts/${mine.id}`)).body).toEqual(bare)
    expect((await server.call('DELETE', `${account}/domain_accounts/${mine.id}.json`)).status).toBe(200)
    expect((await server.call('GET', `${domains}/${domain.id}.json`)).status).toBe(404)
    const last = await server.call('DELETE', `/v2/accounts/other/domain_accounts/${added.body.id}.json`)
    expect(last.status).toBe(422)
    const all = (await server.call('GET', '/v2/all_domains.json')).body.domains
    expect(all.find((entry: { id: number }) => entry.id === domain.id).account_id).toBe(other.id)
  })

  it('creates, renames and deletes accounts', async () => {
    const { body: made } = await server.call('POST', '/v2/accounts.json', { account: { title: 'Näyte Oy' } })
    expect(made).toMatchObject({ slug: 'nayte-oy', user_id: server.owner.userId, plan: 'standard' })
    const renamed = await server.call('PUT', '/v2/accounts/nayte-oy.json', { account: { title: 'Example' } })
    expect(renamed.body).toMatchObject({ id: made.id, title: 'Example', slug: 'nayte-oy' })
    expect((await server.call('DELETE', `/v2/accounts/${made.id}.json`)).status).toBe(200)
    expect((await server.call('DELETE', `/v2/accounts/${made.id}.json`)).status).toBe(404)
  })

  it('lets a member manage the domains of a shared account but not the account', async () => {
    const guest = await server.tenant('guest@example.org')
    const membership = { accountId: server.owner.accountId, userId: guest.userId, areas: ['domains'] }
    await setUserMembership(server.store.db, membership)
    const [{ id } = { id: 0 }] = await userMembershipsOf(server.store.db, membership.accountId)
    const call = (method: string, path: string, body?: unknown) => server.call(method, path, body, guest.token)
    const { body } = await call('GET', '/v2/accounts')
    expect(body.owned_accounts.map((one: { id: number }) => one.id)).toEqual([guest.accountId])
    expect(body.accounts.map((one: { id: number }) => one.id)).toEqual([server.owner.accountId])
    expect((await call('GET', `${domains}.json`)).status).toBe(200)
    expect((await call('PUT', `${account}.json`, { account: { title: 'Mine' } })).status).toBe(403)
    const { body: users } = await call('GET', `${account}/user_accounts`)
    expect(users.user_accounts).toEqual([expect.objectContaining({ id, domains: true, subscription: false })])
    expect((await call('GET', `${account}/user_accounts/${id}`)).body).toEqual(users.user_accounts[0])
  })

  it('pages lists only on request', async () => {
    const whole = (await server.call('GET', `${domains}.json`)).body
    expect(whole.meta).toBeUndefined()
    const total = whole.domains.length
    const seen = []
    for (let page = 1; page <= Math.ceil(total / 2); page++) {
      const { body } = await server.call('GET', `${domains}.json?page=${page}&per=2`)
      const meta = { current_page: page, per_page: 2, total_pages: Math.ceil(total / 2), total_domains: total }
      expect(body.meta).toEqual(meta)
      seen.push(...body.domains)
    }
    expect(seen).toEqual(whole.domains)
    expect((await server.call('GET', `${domains}.json?page=999`)).body).toMatchObject({
      domains: [],
      meta: { per_page: 25 },
    })
    expect((await server.call('GET', '/v2/accounts?per=1')).body.meta).toMatchObject({ per_page: 1 })
  })

  it('does not treat unchanged settings as an update', async () => {
    const { id } = await create('same.example')
    const put = () => server.call('PUT', `${domains}/${id}.json`, { domain: { hosted_dmarc: true, rua_report: true } })
    const first = await put()
    expect(Date.parse(first.body.updated_at)).toBeGreaterThanOrEqual(Date.parse(first.body.created_at))
    const { effect: _, ...shown } = first.body
    expect((await put()).body).toEqual(shown)
  })

  it('answers exactly as the contract describes', async () => {
    const whole = (await server.call('GET', '/v2/all_domains.json')).body
    expect(operations.listAllDomains.response.parse(whole)).toEqual(whole)
    expect(JSON.stringify(whole)).not.toMatch(/report_id|hosting_key|"key"/)
  })

  it('deletes a domain and frees its address', async () => {
    const { id } = await create('deleted.example')
    const keys = async () => {
      const hostings = server.store.db.selectFrom('hostings').select('key').where('address', '=', 'deleted.example')
      return (await hostings.execute()).map(({ key }) => key)
    }
    const before = await keys()
    expect((await server.call('DELETE', `${domains}/${id}.json`)).body).toMatchObject({ status: 200 })
    const again = await create('deleted.example')
    expect(again.id).toBeGreaterThan(id)
    // A CNAME that was forgotten leads to the key of the domain that was deleted.
    expect(before).toHaveLength(1)
    expect(await keys()).not.toContain(before[0])
  })
})

describe('around the API', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ config: { limits: { requestsPerMinute: 5 } } })
  })
  afterAll(() => server?.close())

  it('serves health, readiness and OpenAPI without a token', async () => {
    const get = (path: string) => server.call('GET', path, undefined, null)
    expect(await get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect(await get('/readyz')).toMatchObject({ status: 200, body: { status: 'ready', parts: { store: true } } })
    expect((await get('/openapi.json')).body).toMatchObject({ openapi: '3.1.0' })
  })

  it('describes every operation of the contract with its answers', async () => {
    const { body } = await server.call('GET', '/openapi.json', undefined, null)
    const described = Object.values(body.paths).flatMap((path) => Object.values(path as object))
    expect(described.map(({ operationId }) => operationId).sort()).toEqual(
      Object.keys({ ...routes, ...reportRoutes }).sort(),
    )
    for (const operation of described) {
      expect(operation.summary, operation.operationId).not.toBe('')
      expect(operation.responses, operation.operationId).toHaveProperty('422')
    }
  })

  it('limits the requests of one token without affecting others', async () => {
    const statuses = []
    for (let count = 0; count < 6; count++) statuses.push((await server.call('GET', '/v2/accounts')).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    const refused = await server.call('GET', '/v2/accounts')
    expect(refused.body.error.code).toBe('too_many_requests')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    const other = await server.tenant('other@example.org')
    expect((await server.call('GET', '/v2/accounts', undefined, other.token)).status).toBe(200)
  })

  it('limits requests with unknown tokens', async () => {
    const statuses = new Set<number>()
    for (let count = 0; count < 8; count++) {
      statuses.add((await server.call('GET', '/v2/accounts', undefined, `guess${count}`)).status)
    }
    expect([...statuses]).toEqual([401, 429])
  })
})
