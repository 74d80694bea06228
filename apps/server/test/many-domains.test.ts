import { afterEach, describe, expect, it, vi } from 'vitest'
import { createAccount } from '../src/store/accounts.ts'
import { addDomainMembership } from '../src/store/memberships.ts'
import { describeEngines } from './engines.ts'
import { seedDomains } from './seed-domains.ts'
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
})

describeEngines('a list of domains', (fresh) => {
  it('has byte for byte what single answers have, for every kind of domain and in several parts', async () => {
    server = await startTestServer({ config: { store: await fresh() } })
    const { apiUrl, owner, store, call } = server
    const seeded = await seedDomains(store, { ...owner, count: 600, suffix: 'many.example', now: Date.now() })
    const other = await createAccount(store.db, { userId: owner.userId, title: 'Ä', now: 1, suffix: () => 'x' })
    const name = 'Kunden "Süd" \\ </script>'
    await call('POST', '/v2/tags.json', { tag: { name } })
    await call('POST', '/v2/tags.json', { tag: { name: 'Second', color: '#000000' } })
    const own = 'v=DMARC1; p=quarantine; rua=mailto:x+y@example.net'
    const policy = (mode: string, mx: string) => ({ mta_sts_report: true, mta_sts_policy: { mode, mx, mx_age: 1 } })
    const code = { workspace: 'a "b" \\ c', label: 'é/ü' }
    const kinds: [created: object, ...changes: object[]][] = [
      [{}],
      [{ parked_domain: true }, { hosted_dmarc: true }],
      [{ ruf_report: false, tag_names: ['Second', name] }, { hosted_dmarc: true }],
      [{ rua_report: false, managed_by: code }, { hosted_dmarc: true }],
      [{ managed_by: { workspace: 'w' } }, { hosted_dmarc: true }, { rua_report: false }],
      [{}, { hosted_dmarc: true }, { hosted_dmarc_config: own }],
      [policy('testing', 'mx.kind.example, *.kind.example'), { hosted_mta_sts: true }],
      [policy('none', ''), { hosted_mta_sts: true, hosted_dmarc: true }, { evidence_gate: 'enforce' }],
      [{ mta_sts_report: false }, { evidence_gate: 'enforce', tag_names: [name] }],
    ]
    const varied: number[] = []
    for (const [index, [created, ...changes]] of kinds.entries()) {
      const accountId = index % 2 === 0 ? owner.accountId : other.id
      const domain = { address: `kind${index}.bücher.example`, rua_report: true, ruf_report: true, ...created }
      const { body } = await call('POST', `/v2/accounts/${accountId}/domains.json`, { domain })
      expect(body.error).toBeUndefined()
      const path = `/v2/accounts/${accountId}/domains/${body.id}.json`
      for (const change of changes) {
        if ('hosted_dmarc_config' in change) {
          const { default_dmarc_record } = (await call('GET', path)).body
          change.hosted_dmarc_config = default_dmarc_record.replace('v=DMARC1; p=none; fo=1; rua=', `${own},`)
        }
        expect((await call('PUT', path, { domain: change })).body.error).toBeUndefined()
      }
      varied.push(body.id)
    }
    // Also in the second account: listed once for all accounts, under the older membership.
    const [shared = 0] = seeded
    const both = { domainId: shared, address: 'd0.many.example', slug: 'shared', now: Date.now() }
    await addDomainMembership(store.db, { accountId: other.id, ...both })

    const text = async (path: string) => {
      const answer = await fetch(apiUrl + path, { headers: { authorization: `Token token=${owner.token}` } })
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
      return answer.text()
    }
    const single = (accountId: number) => (id: number) => text(`/v2/accounts/${accountId}/domains/${id}.json`)
    const [ofOwner, ofOther] = [single(owner.accountId), single(other.id)]
    const wholeText = await text('/v2/all_domains.json')
    const whole: { id: number }[] = JSON.parse(wholeText).domains
    expect(whole.map(({ id }) => id)).toEqual([...seeded, ...varied])
    const few = [shared, seeded[499], seeded[500], seeded[599]].map((id) => id ?? 0)
    const shown = await Promise.all([
      ...few.map(ofOwner),
      ...varied.map((id, index) => (index % 2 === 0 ? ofOwner : ofOther)(id)),
    ])
    const parts = new Set(
      wholeText.slice('{"domains":['.length, -']}'.length).split(/(?<=\}),(?=\{"id":\d+,"user_id")/),
    )
    expect(shown.filter((one) => !parts.has(one))).toEqual([])
    const inOther = await Promise.all([shared, ...varied.filter((_, index) => index % 2 === 1)].map(ofOther))
    const otherPath = `/v2/accounts/${other.id}/domains.json`
    expect(await text(otherPath)).toBe(`{"domains":[${inOther.join(',')}]}`)
    const meta = { current_page: 1, per_page: 10, total_pages: 1, total_domains: inOther.length }
    expect(await text(`${otherPath}?per=10`)).toBe(`{"domains":[${inOther.join(',')}],"meta":${JSON.stringify(meta)}}`)
    expect(await text(`${otherPath}?per=1&page=2`)).toContain(`{"domains":[${inOther[1]}],"meta":`)
    const empty = await server.tenant('empty@example.com')
    expect((await call('GET', '/v2/all_domains.json', undefined, empty.token)).body).toEqual({ domains: [] })
  })
})
