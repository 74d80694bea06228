import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeEngines } from './engines.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

describeEngines('concurrent changes', (fresh) => {
  let server: TestServer
  let domains: string
  beforeEach(async () => {
    server = await startTestServer({ config: { store: await fresh() } })
    domains = `/v2/accounts/${server.owner.accountId}/domains`
  })
  afterEach(() => server?.close())

  const create = async (address = 'example.test') => {
    const domain = { address, rua_report: true, ruf_report: true, mta_sts_report: true }
    return (await server.call('POST', `${domains}.json`, { domain })).body.id as number
  }

  it('of different fields of one domain are all kept, also while its status changes', async () => {
    const path = `${domains}/${await create()}.json`
    const policy = { mode: 'testing', mx: 'mx.example.net', mx_age: 7 }
    const changes = [{ ruf_report: false }, { hosted_dmarc: true }, { mta_sts_policy: policy }]
    const statuses = Array.from({ length: 20 }, (_, count) =>
      server.store.db
        .updateTable('domains')
        .set({ dmarc_status: count % 2 ? 'dmarc_active' : 'dmarc_inactive' })
        .execute(),
    )
    const answers = await Promise.all(changes.map((domain) => server.call('PUT', path, { domain })))
    await Promise.all(statuses)
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const { body } = await server.call('GET', path)
    expect(body).toMatchObject({ ruf_report: false, hosted_dmarc: true, mta_sts_policy: policy })
  })

  it('never remove a domain from its last account', async () => {
    const id = await create()
    const { owner } = server
    const other = await server.tenant('other@example.com')
    await server.store.db
      .insertInto('user_accounts')
      .values({ account_id: other.accountId, user_id: owner.userId, areas: '["domains"]' })
      .execute()
    const shared = { account_attributes: { id: String(other.accountId), domain_ids: [id] } }
    const added = await server.call('POST', `/v2/accounts/${owner.accountId}/domain_accounts.json`, {
      domain_account: shared,
    })
    expect(added.status).toBe(201)
    const memberships = await server.store.db.selectFrom('domain_accounts').select(['id', 'account_id']).execute()
    // The accounts belong to different users, so no lock on a user holds these two apart.
    const removals = await Promise.all(
      memberships.map(({ id, account_id }) =>
        server.call('DELETE', `/v2/accounts/${account_id}/domain_accounts/${id}.json`),
      ),
    )
    expect(removals.map(({ status }) => status).sort()).toEqual([200, 422])
  })

  it('delete a domain once', async () => {
    const path = `${domains}/${await create()}.json`
    const answers = await Promise.all(Array.from({ length: 5 }, () => server.call('DELETE', path)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404])
  })
})
