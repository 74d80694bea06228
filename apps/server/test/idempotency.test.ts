import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEngines } from './engines.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

describeEngines('a creation with an Idempotency-Key', (fresh) => {
  let server: TestServer
  let domains: string
  beforeAll(async () => {
    server = await startTestServer({ config: { store: await fresh() } })
    domains = `/v2/accounts/${server.owner.accountId}/domains.json`
  })
  afterAll(() => server?.close())

  async function post(path: string, body: object, key?: string) {
    const answer = await fetch(`${server.apiUrl}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Token token=${server.owner.token}`,
        'content-type': 'application/json',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: (await answer.json()) as { id?: number; error?: { details: unknown[] } } }
  }
  const domain = (address: string, fields: object = {}) => ({
    domain: { address, rua_report: true, ruf_report: true, ...fields },
  })
  const list = async (path: string, key: string) => (await server.call('GET', path)).body[key]

  it('is answered with the same object when it is sent again, as the object is now', async () => {
    const first = await post(domains, domain('again.example'), '"b2a1"')
    expect(first.status).toBe(201)
    await server.call('PUT', `/v2/accounts/${server.owner.accountId}/domains/${first.body.id}.json`, {
      domain: { hosted_dmarc: true },
    })
    const again = await post(domains, domain('AGAIN.example.'), 'b2a1')
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id, hosted_dmarc: true } })
    const twice = [await post('/v2/accounts.json', { account: { title: 'Team' } }, 'a1')]
    twice.push(await post('/v2/accounts.json', { account: { title: 'Team' } }, 'a1'))
    expect(twice[1]?.body.id).toBe(twice[0]?.body.id)
    const tags = [await post('/v2/tags.json', { tag: { name: 'Live' } }, 't1')]
    tags.push(await post('/v2/tags.json', { tag: { name: 'Live' } }, 't1'))
    expect(tags[1]?.body.id).toBe(tags[0]?.body.id)
  })

  it('creates once, however many requests arrive at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post('/v2/accounts.json', { account: { title: 'At once' } }, 'same')),
    )
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
    const titles = (await list('/v2/accounts.json', 'accounts')) as { title: string }[] | undefined
    const owned = (await list('/v2/accounts.json', 'owned_accounts')) as { title: string }[] | undefined
    const all = [...(titles ?? []), ...(owned ?? [])]
    expect(all.filter(({ title }) => title === 'At once')).toHaveLength(1)
  })

  it('refuses an object that another key, or none, has created', async () => {
    await post(domains, domain('theirs.example'), 'theirs')
    expect((await post(domains, domain('theirs.example'), 'mine')).status).toBe(409)
    expect((await post(domains, domain('theirs.example'))).status).toBe(409)
  })

  it('refuses a key that was used for something else', async () => {
    await post(domains, domain('one.example'), 'reused')
    const other = await post(domains, domain('other.example'), 'reused')
    expect(other).toMatchObject({
      status: 422,
      body: { error: { details: [{ field: 'Idempotency-Key', code: 'idempotency_key_reused' }] } },
    })
    expect((await post(domains, domain('x.example'), 'with space')).status).toBe(400)
  })

  it('refuses a key with the values of another request, and takes the same ones in another order', async () => {
    const first = await post(domains, domain('values.example', { mta_sts_report: true }), 'values')
    const other = await post(domains, domain('values.example', { mta_sts_report: false }), 'values')
    expect(other).toMatchObject({ status: 422, body: { error: { details: [{ code: 'idempotency_key_reused' }] } } })
    const reordered = {
      domain: { mta_sts_report: 'true', ruf_report: true, address: 'values.example', rua_report: true },
    }
    expect(await post(domains, reordered, 'values')).toMatchObject({ status: 201, body: { id: first.body.id } })
  })

  it('is not carried out again when the object was deleted meanwhile', async () => {
    const creations = [
      { path: domains, body: domain('gone.example'), object: `/v2/accounts/${server.owner.accountId}/domains` },
      { path: '/v2/tags.json', body: { tag: { name: 'Gone' } }, object: '/v2/tags' },
      { path: '/v2/accounts.json', body: { account: { title: 'Gone' } }, object: '/v2/accounts' },
    ]
    for (const { path, body, object } of creations) {
      const first = await post(path, body, `gone ${object}`.replaceAll(' ', '-'))
      expect((await server.call('DELETE', `${object}/${first.body.id}.json`)).status).toBe(200)
      const again = await post(path, body, `gone ${object}`.replaceAll(' ', '-'))
      expect(again).toMatchObject({ status: 422, body: { error: { details: [{ code: 'idempotency_key_reused' }] } } })
      const anew = await post(path, body, `new ${object}`.replaceAll(' ', '-'))
      expect(anew.status).toBe(201)
      expect(anew.body.id).not.toBe(first.body.id)
    }
  })

  it('adds domains to an account once, and says what came of them since', async () => {
    const { id: team } = (await post('/v2/accounts.json', { account: { title: 'Members' } })).body
    const ids = await Promise.all(
      ['member-1.example', 'member-2.example'].map(async (address) => (await post(domains, domain(address))).body.id),
    )
    const path = `/v2/accounts/${server.owner.accountId}/domain_accounts.json`
    const add = (domain_ids: unknown[], key: string, id: unknown = team) =>
      post(path, { domain_account: { account_attributes: { id: String(id), domain_ids } } }, key)
    const answers = await Promise.all(Array.from({ length: 4 }, () => add(ids, 'members')))
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
    expect(await add(ids.toReversed(), 'members')).toMatchObject({ status: 201, body: { id: expect.any(Number) } })
    expect((await add(ids.slice(0, 1), 'members')).status).toBe(422)
    expect((await add(ids, 'members', server.owner.accountId)).status).toBe(422)
    expect((await add(ids, 'other')).status).toBe(409)
    const { id } = answers[0]?.body ?? {}
    expect((await server.call('DELETE', `/v2/accounts/${team}/domain_accounts/${id}.json`)).status).toBe(200)
    expect(await add(ids, 'members')).toMatchObject({
      status: 422,
      body: { error: { details: [{ code: 'idempotency_key_reused' }] } },
    })
  })

  it('takes a key as a structured field, with spaces and escaped quotes', async () => {
    const first = await post('/v2/tags.json', { tag: { name: 'Quoted' } }, '"my \\"own\\" key"')
    expect(first.status).toBe(201)
    const again = await post('/v2/tags.json', { tag: { name: 'Quoted' } }, '"my \\"own\\" key"')
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id } })
    for (const key of ['"open', '""', '"a\\b"', `"${'x'.repeat(256)}"`]) {
      expect((await post('/v2/tags.json', { tag: { name: 'Never' } }, key)).status, key).toBe(400)
    }
  })

  it('keeps no key of a creation that failed', async () => {
    const faulty = await post(domains, domain('late.example', { tag_names: ['nope'] }), 'late')
    expect(faulty.status).toBe(422)
    expect((await post(domains, domain('late.example'), 'late')).status).toBe(201)
  })

  it('is announced', async () => {
    expect((await server.call('GET', '/v2/capabilities.json')).body.extensions).toContain('idempotency_keys')
  })
})
