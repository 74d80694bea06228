import { afterEach, expect, it } from 'vitest'
import { dropRetiredHostings } from '../src/store/hostings.ts'
import { describeEngines } from './engines.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

describeEngines('what is stored of deleted domains', (fresh) => {
  let server: TestServer
  afterEach(() => server?.close())

  const rows = (table: 'hostings' | 'work' | 'verifications' | 'domains') =>
    server.store.db.selectFrom(table).selectAll().execute()

  it('is nothing, however many domains that were never hosted are created and deleted', async () => {
    server = await startTestServer({ config: { store: await fresh() } })
    const path = `/v2/accounts/${server.owner.accountId}/domains`
    for (let index = 0; index < 5; index++) {
      const domain = { address: `d${index}.example`, rua_report: true, ruf_report: true }
      const { id } = (await server.call('POST', `${path}.json`, { domain })).body
      expect((await server.call('DELETE', `${path}/${id}.json`)).status).toBe(200)
    }
    expect(await rows('hostings')).toEqual([])
    expect((await rows('work')).filter(({ task }) => task === 'publish' || task === 'verify')).toEqual([])
  })

  it('is removed once its records have left the zone, and no sender caches its policy', async () => {
    server = await startTestServer({ config: { store: await fresh() } })
    const path = `/v2/accounts/${server.owner.accountId}/domains`
    const domain = { address: 'once.example', rua_report: true, ruf_report: true }
    const { id } = (await server.call('POST', `${path}.json`, { domain })).body
    await server.call('PUT', `${path}/${id}.json`, { domain: { hosted_dmarc: true } })
    await server.call('DELETE', `${path}/${id}.json`)
    await expect
      .poll(rows.bind(null, 'hostings'), { timeout: 15_000 })
      .toMatchObject([{ domain_id: null, published_at: expect.any(Number) }])
    const hosting = (key: string, fields: object) =>
      server.store.db
        .insertInto('hostings')
        .values({ key, domain_id: null, address: 'x.example', keep_until: 0, retired_at: 5, ...fields })
        .execute()
    await hosting('gone', { published_at: 6 })
    await hosting('unpublished', {})
    await hosting('cached', { published_at: 6, live_policy: 'version: STSv1' })
    await dropRetiredHostings(server.store.db, 10)
    const left = (await rows('hostings')).filter(({ address }) => address === 'x.example').map(({ key }) => key)
    expect(left.sort()).toEqual(['cached', 'unpublished'])
    await dropRetiredHostings(server.store.db, Date.now() + 1000)
    expect((await rows('hostings')).map(({ key }) => key).sort()).toEqual(['cached', 'unpublished'])
  })
})
