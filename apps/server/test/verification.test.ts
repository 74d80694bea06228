import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { removeDomain } from '../src/api/remove-domain.ts'
import { domainViews } from '../src/store/domains.ts'
import { observationsOf } from '../src/store/verifications.ts'
import { addCnames, type CustomerDns, startCustomerDns } from './customer-dns.ts'
import { describeEngines } from './engines.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

const minute = 60_000

describeEngines('verifications of a hosted domain', (fresh) => {
  let customer: CustomerDns
  let server: TestServer
  let now: number
  let verify: string
  let id: number
  let cname: { name: string; value: string }

  beforeAll(async () => {
    customer = await startCustomerDns('example.test')
  })
  afterAll(() => customer?.close())
  beforeEach(async () => {
    now = Date.now()
    server = await startTestServer({
      stubZones: [customer.stubZone],
      now: () => now,
      config: {
        store: await fresh(),
        verification: {
          minInterval: 10_000,
          recursors: [],
          policyFile: 'own-host',
          stubZones: [customer.stubZone],
        },
      },
    })
    const domains = `/v2/accounts/${server.owner.accountId}/domains`
    const domain = { address: 'example.test', rua_report: true, ruf_report: true }
    id = (await server.call('POST', `${domains}.json`, { domain })).body.id
    const hosted = await server.call('PUT', `${domains}/${id}.json`, { domain: { hosted_dmarc: true } })
    cname = hosted.body.cname_records[0]
    verify = `${domains}/${id}/verify_hosted_dmarc.json`
    await isPublished()
  })
  // The clock of the test stands still, so that a look from before the publication would count as one from after it.
  const isPublished = () =>
    expect
      .poll(
        async () =>
          (await server.store.db.selectFrom('hostings').select('published_at').executeTakeFirst())?.published_at,
        { timeout: 15_000 },
      )
      .toBeTypeOf('number')
  afterEach(async () => {
    customer.zone.remove('_dmarc.example.test')
    await server?.close()
  })
  const look = async () => (await server.call('POST', verify)).body

  it('return the last result for ten seconds, then verify again', async () => {
    expect((await look()).cname.status).toBe('awaiting_setup')
    addCnames(customer, [cname])
    now += 9999
    expect((await look()).cname.status).toBe('awaiting_setup')
    now += 1
    expect((await look()).cname.status).toBe('verified')
  })

  it('verify again earlier when the records have changed since', async () => {
    await look()
    addCnames(customer, [cname])
    now += 1
    const path = verify.replace('/verify_hosted_dmarc.json', '')
    const record = (await server.call('GET', path)).body.default_dmarc_record.replace('p=none', 'p=reject')
    await server.call('PUT', path, { domain: { hosted_dmarc_config: record } })
    await isPublished()
    expect((await look()).txt_record).toMatchObject({ status: 'published', expected: record })
    expect((await look()).cname.status).toBe('verified')
  })

  it('withdraw verified only after two contrary results five minutes apart', async () => {
    addCnames(customer, [cname])
    expect((await look()).overall_status).toBe('ready')
    customer.zone.remove(cname.name)
    now += minute
    expect((await look()).cname).toMatchObject({ status: 'verified' })
    now += 4 * minute
    expect((await look()).cname).toMatchObject({ status: 'verified' })
    now += 2 * minute
    expect(await look()).toMatchObject({ overall_status: 'action_required', cname: { status: 'awaiting_setup' } })
  })

  it('keep the status and report unknown when no server responds', async () => {
    addCnames(customer, [cname])
    expect((await look()).cname.status).toBe('verified')
    await customer.close()
    now += 10 * minute
    expect((await look()).cname).toMatchObject({ status: 'verified', reason: 'unknown' })
    now += 10 * minute
    expect((await look()).cname).toMatchObject({ status: 'verified', reason: 'unknown' })
    customer = await startCustomerDns('example.test')
  }, 60_000)

  it('record every status change', async () => {
    await look()
    addCnames(customer, [cname])
    now += 10_000
    await look()
    now += 10_000
    await look()
    const history = await observationsOf(server.store.db, id)
    expect(history.map(({ part, from, to }) => [part, from, to])).toEqual([
      ['cname', null, 'awaiting_setup'],
      ['txt', null, 'published'],
      ['overall', null, 'action_required'],
      ['cname', 'awaiting_setup', 'verified'],
      ['overall', 'action_required', 'ready'],
    ])
  })

  it('schedule the next verification', async () => {
    await look()
    const waiting = await server.store.db.selectFrom('work').selectAll().where('task', '=', 'verify').executeTakeFirst()
    expect((waiting?.next_check_at ?? 0) - now).toBeGreaterThan(13_000)
    expect((waiting?.next_check_at ?? 0) - now).toBeLessThan(17_000)
    addCnames(customer, [cname])
    now += 10_000
    await look()
    const ready = await server.store.db.selectFrom('work').selectAll().where('task', '=', 'verify').executeTakeFirst()
    expect((ready?.next_check_at ?? 0) - now).toBeGreaterThan(50 * minute)
  })

  it('are run by the background worker without a request', async () => {
    addCnames(customer, [cname])
    await server.store.db.updateTable('work').set({ next_check_at: now }).where('task', '=', 'verify').execute()
    const status = async () =>
      (await server.store.db.selectFrom('domains').select('dmarc_status').executeTakeFirst())?.dmarc_status
    await expect.poll(status, { timeout: 10_000 }).toBe('dmarc_record_published')
  })

  it('of a domain that is deleted meanwhile, or no longer hosted, are answered as such', async () => {
    const { address, port } = customer
    await customer.close()
    customer = await startCustomerDns('example.test')
    /** Changes the domain while its name server keeps the look waiting. */
    const meanwhile = async (change: () => Promise<unknown>) => {
      const changed = Promise.withResolvers<void>()
      const slow = createSocket('udp4')
      slow.on('message', async (query, from) => {
        await changed.promise
        const onward = createSocket('udp4')
        onward.once('message', (reply) => {
          onward.close()
          slow.send(reply, from.port, from.address)
        })
        onward.send(query, customer.port, customer.address)
      })
      slow.bind(port, address)
      await once(slow, 'listening')
      const asked = once(slow, 'message')
      now += minute
      const answer = server.call('POST', verify)
      await asked
      await change()
      changed.resolve()
      await answer
      slow.close()
      return answer
    }
    // In the store, because the API asks the same name server for the effect of a change.
    const { db } = server.store
    const host = (hosted_dmarc: 0 | 1) => db.updateTable('domains').set({ hosted_dmarc }).where('id', '=', id).execute()
    const off = await meanwhile(() => host(0))
    expect(off).toMatchObject({ status: 422, body: { error: { details: [{ code: 'hosted_dmarc_off' }] } } })
    await host(1)
    const deleted = await meanwhile(() =>
      server.store.transaction(async (tx) => {
        const [view] = await domainViews(tx, { accountIds: [server.owner.accountId], reference: String(id) })
        if (view) await removeDomain(tx, view, { grace: 0, now })
      }),
    )
    expect(deleted).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
    expect(await server.store.db.selectFrom('verifications').selectAll().execute()).toEqual([])
  }, 60_000)

  it('are deleted when hosting is switched off', async () => {
    addCnames(customer, [cname])
    await look()
    const path = verify.replace('/verify_hosted_dmarc.json', '')
    const { body } = await server.call('PUT', path, { domain: { hosted_dmarc: false } })
    expect(body).toMatchObject({
      dmarc_status: 'dmarc_inactive',
      default_dmarc_record: null,
      current_dmarc_config: null,
    })
    expect(await server.store.db.selectFrom('verifications').selectAll().execute()).toEqual([])
    expect(await server.store.db.selectFrom('work').selectAll().where('task', '=', 'verify').execute()).toEqual([])
  })
})
