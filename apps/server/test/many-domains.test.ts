import { afterEach, describe, expect, it, vi } from 'vitest'
import { startTestServer, type TestServer } from './start-test-server.ts'

let server: TestServer | undefined
afterEach(() => server?.close())

describe('many domains', () => {
  it('are listed with the same number of queries as one', async () => {
    server = await startTestServer()
    const { call, owner, store } = server
    const domains = `/v2/accounts/${owner.accountId}/domains`
    await call('POST', '/v2/tags.json', { tag: { name: 'Internal' } })
    const create = async (address: string) => {
      const domain = { address, rua_report: true, ruf_report: true, tag_names: ['Internal'] }
      const { body } = await call('POST', `${domains}.json`, { domain })
      await call('PUT', `${domains}/${body.id}.json`, { domain: { hosted_dmarc: true } })
    }
    const queries = async (path: string) => {
      const spy = vi.spyOn(store.db.getExecutor(), 'executeQuery')
      const { body } = await call('GET', path)
      // The background work, still publishing, asks for hostings and its own table only.
      const asked = spy.mock.calls.filter(([query]) =>
        /^select .*"(tokens|accounts|domains|verifications)"/.test(query.sql),
      ).length
      spy.mockRestore()
      return { asked, listed: body.domains.length }
    }
    await create('first.example')
    const one = await queries('/v2/all_domains.json')
    expect(one.asked).toBeGreaterThan(0)
    for (let count = 0; count < 25; count++) await create(`more${count}.example`)
    for (const path of ['/v2/all_domains.json', `${domains}.json`]) {
      expect(await queries(path)).toEqual({ asked: one.asked, listed: 26 })
    }
  })

  it('are listed in one answer, a thousand at a time', async () => {
    server = await startTestServer()
    const { owner, store, call } = server
    const now = Date.now()
    const numbers = Array.from({ length: 1000 }, (_, index) => index + 1)
    const address = (id: number) => `d${id}.example`
    await store.transaction(async (tx) => {
      for (const id of numbers) {
        await tx
          .insertInto('domains')
          .values({
            id,
            user_id: owner.userId,
            address: address(id),
            rua_report: 1,
            ruf_report: 1,
            parked_domain: 0,
            hosted_dmarc: 1,
            hosted_mta_sts: 0,
            report_id: String(id).padStart(12, '0'),
            dmarc_status: 'dmarc_inactive',
            mta_sts_status: 'mta_sts_inactive',
            created_at: now,
            updated_at: now,
          })
          .execute()
        const slug = address(id).replace('.', '-')
        const membership = { account_id: owner.accountId, domain_id: id, address: address(id), slug, created_at: now }
        await tx.insertInto('domain_accounts').values(membership).execute()
        await tx
          .insertInto('hostings')
          .values({ key: `k${id}`, domain_id: id, address: address(id), keep_until: 0 })
          .execute()
      }
    })
    const { body } = await call('GET', '/v2/all_domains.json')
    expect(body.domains.map((domain: { id: number }) => domain.id)).toEqual(numbers)
    expect(body.domains[999].cname_records).toHaveLength(1)
  })
})
