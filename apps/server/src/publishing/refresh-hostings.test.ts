import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { startTestServer, type TestServer } from '../../test/start-test-server.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import { hostingOf } from '../store/hostings.ts'
import { refreshHostings } from './refresh-hostings.ts'

const zone: HostedZone = {
  zone: 'hosting.test',
  ttl: 300,
  reportHost: 'other-reports.test',
  reportExchanges: [],
  policyHostAddresses: { ipv4: [], ipv6: [] },
  certificateAuthorities: [],
}

describeEngines('refreshing the hostings at startup', (fresh) => {
  let server: TestServer
  let id: number
  let path: string
  beforeEach(async () => {
    server = await startTestServer({ config: { store: await fresh() } })
    const domains = `/v2/accounts/${server.owner.accountId}/domains`
    const domain = { address: 'example.test', rua_report: true, ruf_report: true }
    id = (await server.call('POST', `${domains}.json`, { domain })).body.id
    path = `${domains}/${id}.json`
    await server.call('PUT', path, { domain: { hosted_dmarc: true } })
  })
  afterEach(() => server?.close())

  const refresh = (store: TestServer['store']) => refreshHostings(store, zone, { now: Date.now })

  it('applies a new report host', async () => {
    await refresh(server.store)
    expect((await hostingOf(server.store.db, id)).dmarc_record).toContain('@other-reports.test')
  })

  it('keeps a change that is acknowledged after the domains were read', async () => {
    const { store } = server
    let changed = false
    // Between the first read and the write, the owner switches hosted DMARC off.
    await refresh({
      ...store,
      async transaction(work) {
        if (!changed) {
          changed = true
          expect((await server.call('PUT', path, { domain: { hosted_dmarc: false } })).status).toBe(200)
        }
        return store.transaction(work)
      },
    })
    expect(changed).toBe(true)
    expect((await hostingOf(store.db, id)).dmarc_record).toBeNull()
  })

  it('ignores a domain that is deleted after the domains were read', async () => {
    const { store } = server
    await refresh({
      ...store,
      async transaction(work) {
        await server.call('DELETE', path)
        return store.transaction(work)
      },
    })
    const hostings = await store.db.selectFrom('hostings').select(['dmarc_record', 'retired_at']).execute()
    expect(hostings).toEqual([{ dmarc_record: null, retired_at: expect.any(Number) }])
  })
})
