import { afterAll, beforeAll, expect, it } from 'vitest'
import { apiRoutes } from '../src/api/routes/index.ts'
import { publishHosting } from '../src/publishing/publish-hosting.ts'
import { hostingOf } from '../src/store/hostings.ts'
import { deleteUser } from '../src/store/users.ts'
import { describeEngines } from './engines.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

it('every operation that changes something notes it in the audit log', () => {
  const silent = apiRoutes.filter(({ privilege, handle }) => privilege === 'write' && !/\baudit\b/.test(String(handle)))
  expect(silent.map(({ name }) => name)).toEqual([])
})

describeEngines('changes', (fresh) => {
  let server: TestServer
  let account: string
  let now = Date.now()
  beforeAll(async () => {
    server = await startTestServer({ config: { store: await fresh() }, now: () => now })
    account = `/v2/accounts/${server.owner.accountId}`
  })
  afterAll(() => server?.close())

  const create = async (address: string, change?: object) => {
    const domain = { address, rua_report: true, ruf_report: true }
    const { body } = await server.call('POST', `${account}/domains.json`, { domain })
    if (change) await server.call('PUT', `${account}/domains/${body.id}.json`, { domain: change })
    return body.id as number
  }
  const events = async (query = '') => (await server.call('GET', `/v2/audit_events.json${query}`)).body.audit_events
  const enforcing = async (address: string) => {
    const id = await create(address, { hosted_dmarc: true })
    const { default_dmarc_record: record } = (await server.call('GET', `${account}/domains/${id}.json`)).body
    const hosted_dmarc_config = record.replace('p=none', 'p=reject')
    await server.call('PUT', `${account}/domains/${id}.json`, { domain: { hosted_dmarc_config } })
    return id
  }

  it('are listed with who made them, from where, and the fields that changed', async () => {
    const id = await create('noted.example', { hosted_dmarc: true })
    await server.call('PUT', `${account}/domains/${id}.json`, { domain: { hosted_dmarc: true } })
    const seen = await events(`?domain_id=${id}`)
    expect(seen).toMatchObject([
      {
        action: 'updateDomain',
        object: 'domain',
        object_name: 'noted.example',
        user_id: server.owner.userId,
        source: '127.0.0.1',
        before: { hosted_dmarc: false },
        after: { hosted_dmarc: true },
      },
      { action: 'createDomain', before: null, after: { address: 'noted.example', rua_report: true } },
    ])
    expect(seen[0].before).toEqual({ hosted_dmarc: false })
    expect(seen[0].request_id).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.stringify(seen)).not.toContain(server.owner.token)
  })

  it('of other users are not shown', async () => {
    const stranger = await server.tenant('stranger@example.com')
    await create('mine.example')
    const { body } = await server.call('GET', '/v2/audit_events.json', undefined, stranger.token)
    expect(body).toMatchObject({ audit_events: [], meta: { total_audit_events: 0 } })
    const foreign = `/v2/audit_events.json?account_id=${server.owner.accountId}`
    expect((await server.call('GET', foreign, undefined, stranger.token)).status).toBe(404)
  })

  it('that are refused leave no trace', async () => {
    const id = await create('refused.example')
    const before = await events()
    await server.call('PUT', `${account}/domains/${id}.json`, { domain: { hosted_dmarc_config: 'v=DMARC1; p=reject' } })
    expect(await events()).toEqual(before)
  })

  it('deleting a domain that enforces a policy keeps its records, and can be undone', async () => {
    const id = await enforcing('enforced.example')
    const before = (await server.call('GET', `${account}/domains/${id}.json`)).body
    const { key } = await hostingOf(server.store.db, id)
    const { body } = await server.call('DELETE', `${account}/domains/${id}.json`)
    expect(body.kept_until).toBe(new Date(now + 24 * 3_600_000).toISOString())
    expect((await server.call('GET', `${account}/domains/${id}.json`)).status).toBe(404)
    const hosting = await server.store.db.selectFrom('hostings').selectAll().where('key', '=', key).executeTakeFirst()
    expect(hosting).toMatchObject({
      domain_id: null,
      retired_at: null,
      dmarc_record: expect.stringMatching(/p=reject/),
    })

    const restored = await server.call('POST', `${account}/domains/${id}/restore.json`)
    expect(restored.status).toBe(200)
    const { version, updated_at, ...rest } = restored.body
    expect(before).toMatchObject(rest)
    expect(version).toBeGreaterThan(before.version)
    expect((await server.call('POST', `${account}/domains/${id}/restore.json`)).status).toBe(404)
    expect((await events(`?domain_id=${id}`))[0]).toMatchObject({ action: 'restoreDomain', before: null })
  })

  it('a deletion cannot be undone by strangers, beside the same address, or after its time', async () => {
    const id = await enforcing('late.example')
    const { key } = await hostingOf(server.store.db, id)
    await server.call('DELETE', `${account}/domains/${id}.json`)
    const other = await server.tenant('other@example.com')
    const path = `/v2/accounts/${other.accountId}/domains/${id}/restore.json`
    expect((await server.call('POST', path, undefined, other.token)).status).toBe(404)
    const again = await create('late.example')
    const refused = await server.call('POST', `${account}/domains/${id}/restore.json`)
    expect(refused).toMatchObject({ status: 409, body: { error: { details: [{ existing_id: again }] } } })
    await server.call('DELETE', `${account}/domains/${again}.json`)

    now += 24 * 3_600_000
    expect((await server.call('POST', `${account}/domains/${id}/restore.json`)).status).toBe(404)
    const zone = { zone: 'hosting.test', ttl: 300, reportHost: 'r', reportExchanges: [], certificateAuthorities: [] }
    const published: unknown[] = []
    await publishHosting(
      { subject: key, signal: new AbortController().signal, renew: async () => {} },
      {
        store: server.store,
        zone: { ...zone, policyHostAddresses: { ipv4: [], ipv6: [] } },
        publisher: { publish: async (records) => void published.push(...records) },
        now: () => now,
      },
    )
    expect(published).toContainEqual([`${key}.dmarc.hosting.test`, []])
    const hosting = await server.store.db.selectFrom('hostings').selectAll().where('key', '=', key).executeTakeFirst()
    expect(hosting).toMatchObject({ dmarc_record: null, retired_at: now })
  })

  it('of statuses are listed, the latest first', async () => {
    const id = await create('watched.example', { hosted_dmarc: true })
    await server.call('POST', `${account}/domains/${id}/verify_hosted_dmarc.json`)
    const { body } = await server.call('GET', `${account}/domains/${id}/status_changes.json`)
    expect(body.status_changes[0]).toMatchObject({ service: 'dmarc', record: 'all', part: 'overall', from: null })
    const page = await server.call('GET', `${account}/domains/${id}/status_changes.json?page=1&per=1`)
    expect(page.body.status_changes).toEqual([body.status_changes[0]])
    expect(page.body.meta).toMatchObject({ total_status_changes: body.status_changes.length })
  })

  it('of where notices are sent are made by each user for themselves, and no secret is shown again or noted', async () => {
    const targets = '/v2/notice_targets.json'
    const add = (notice_target: object, token?: string) => server.call('POST', targets, { notice_target }, token)
    const webhook = { channel: 'webhook', destination: 'https://hooks.example/dmarc' }
    const made = await add(webhook)
    expect(made).toMatchObject({ status: 201, body: { ...webhook, waiting: 0 } })
    expect(made.body.secret).toMatch(/^whsec_/)
    expect(await add(webhook)).toMatchObject({
      status: 409,
      body: { error: { details: [{ code: 'notice_target_taken', existing_id: made.body.id }] } },
    })
    const listed = (await server.call('GET', targets)).body
    expect(listed.notice_targets).toMatchObject([{ id: made.body.id, ...webhook }])
    expect(JSON.stringify([listed, await events()])).not.toContain('whsec_')
    expect((await events())[0]).toMatchObject({ action: 'createNoticeTarget', object: 'notice_target', after: webhook })

    const faults = [
      [{ channel: 'mail', destination: 'victim@example.net' }, 'mail_not_sent'],
      [{ channel: 'webhook' }, 'required'],
      [{ channel: 'webhook', destination: 'https://user:word@hooks.example/' }, 'invalid_value'],
      [{ channel: 'webhook', destination: 'file:///etc/passwd' }, 'invalid_value'],
    ] as const
    for (const [target, code] of faults) {
      expect(await add(target)).toMatchObject({ status: 422, body: { error: { details: [{ code }] } } })
    }
    const stranger = await server.tenant('notices@example.com')
    const one = `/v2/notice_targets/${made.body.id}.json`
    expect((await server.call('DELETE', one, undefined, stranger.token)).status).toBe(404)
    expect((await server.call('GET', targets, undefined, stranger.token)).body).toEqual({ notice_targets: [] })
    const many = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        add({ ...webhook, destination: `https://hooks.example/${index}` }, stranger.token),
      ),
    )
    expect(many.filter(({ status }) => status === 201)).toHaveLength(10)
    expect(many.find(({ status }) => status !== 201)?.body.error.details[0].code).toBe('too_many_notice_targets')
    expect((await server.call('DELETE', one)).status).toBe(200)
    expect((await events())[0]).toMatchObject({ action: 'deleteNoticeTarget', before: webhook, after: null })
  })

  it('of a token are refused once it expires, and its use is noted', async () => {
    const { db } = server.store
    const token = () =>
      db.selectFrom('tokens').selectAll().where('user_id', '=', server.owner.userId).executeTakeFirst()
    await server.call('GET', '/v2/accounts')
    expect((await token())?.last_used_at).toBe(now)
    await db.updateTable('tokens').set({ expires_at: now }).where('user_id', '=', server.owner.userId).execute()
    expect((await server.call('GET', '/v2/accounts')).status).toBe(401)
    await db.updateTable('tokens').set({ expires_at: null }).execute()
    await db.updateTable('users').set({ disabled_at: now }).where('id', '=', server.owner.userId).execute()
    expect((await server.call('GET', '/v2/accounts')).status).toBe(401)
    await db.updateTable('users').set({ disabled_at: null }).execute()
    expect((await server.call('GET', '/v2/accounts')).status).toBe(200)
  })

  it('of a user who is deleted while requests run are refused as those of an unknown token', async () => {
    const leaving = await server.tenant('leaving@example.com')
    const create = (what: string, body: object) => server.call('POST', what, body, leaving.token)
    const answers = Array.from({ length: 30 }, async (_, index) => {
      if (index === 10) {
        await server.store.transaction((tx) => deleteUser(tx, leaving.userId))
        return 401
      }
      const answer =
        index % 2 === 0
          ? create('/v2/accounts', { account: { title: `${index}` } })
          : create('/v2/tags', { tag: { name: `${index}` } })
      return (await answer).status
    })
    const statuses = new Set(await Promise.all(answers))
    statuses.delete(201)
    expect([...statuses]).toEqual([401])
  })
})
