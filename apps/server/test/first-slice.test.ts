import { afterAll, beforeAll, expect, it } from 'vitest'
import { addCnames, type CustomerDns, startCustomerDns } from './customer-dns.ts'
import { describeEngines } from './engines.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

describeEngines('the way of a domain from creation to ready', (fresh) => {
  let server: TestServer
  let customer: CustomerDns
  let path: string

  beforeAll(async () => {
    customer = await startCustomerDns('example.test')
    server = await startTestServer({ stubZones: [customer.stubZone], config: { store: await fresh() } })
    path = `/v2/accounts/${server.owner.accountId}/domains`
  })
  afterAll(async () => {
    await server?.close()
    await customer?.close()
  })

  it('is created, hosted and shown consistently in every answer', async () => {
    const created = await server.call('POST', `${path}.json`, {
      domain: { address: 'Example.test', rua_report: true, ruf_report: 'false', mta_sts_report: true },
    })
    expect(created).toMatchObject({ status: 201, body: { address: 'example.test', slug: 'example-test' } })
    expect(created.body).not.toHaveProperty('cname_records')
    const hosted = await server.call('PUT', `${path}/${created.body.id}.json`, {
      domain: {
        hosted_dmarc: true,
        hosted_mta_sts: true,
        mta_sts_policy: { mode: 'testing', mx: 'mx1.example.test, *.mx.example.test', mx_age: 7 },
      },
    })
    expect(hosted.body).toMatchObject({ hosted_dmarc: true, hosted_mta_sts: true })
    expect(hosted.body.default_dmarc_record).toBe(hosted.body.current_dmarc_config)
    const { effect, ...shown } = hosted.body
    expect(effect).toMatchObject({ dmarc: { grade: 'stronger' }, mta_sts: { grade: 'stronger' } })
    expect((await server.call('GET', `${path}/example-test`)).body).toEqual(shown)
    expect((await server.call('GET', `${path}.json`)).body.domains).toEqual([shown])
    expect((await server.call('GET', '/v2/all_domains.json')).body.domains).toEqual([shown])
    const services = await server.call('GET', `${path}/example-test/hosted_services.json`)
    expect(services.body.cname_records).toEqual(hosted.body.cname_records)
  })

  it('reports the missing CNAMEs while its own TXT record is published', async () => {
    const { body } = await server.call('POST', `${path}/example-test/verify_hosted_dmarc.json`)
    expect(body).toMatchObject({
      overall_status: 'action_required',
      cname: { status: 'awaiting_setup', reason: 'absent', name: '_dmarc.example.test' },
      txt_record: { status: 'published' },
    })
    expect(body.cname.fix).toContain('_dmarc')
  })

  it('is ready once the customer has added them, including policy file and certificate', async () => {
    const { body: services } = await server.call('GET', `${path}/example-test/hosted_services.json`)
    addCnames(customer, services.cname_records)
    const dmarc = await server.call('POST', `${path}/example-test/verify_hosted_dmarc.json`)
    expect(dmarc.body).toMatchObject({ overall_status: 'ready', cname: { status: 'verified', reason: null } })
    const mtaSts = await server.call('POST', `${path}/example-test/verify_hosted_mta_sts.json`)
    expect(mtaSts.body).toMatchObject({
      overall_status: 'ready',
      records: {
        policy_cname: { cname_status: 'verified' },
        mta_sts_record: { cname_status: 'verified', txt_record_status: 'published' },
        tls_rpt_record: { cname_status: 'verified', txt_record_status: 'published' },
        policy_file: { status: 'active' },
      },
    })
    const shown = await server.call('GET', `${path}/example-test.json`)
    expect(shown.body).toMatchObject({ dmarc_status: 'dmarc_record_published', mta_sts_status: 'mta_sts_active' })
    expect(shown.body.cname_records.map((record: { status: string }) => record.status)).toEqual(
      Array(4).fill('verified'),
    )
  })

  it('answers the selected part, by query or body', async () => {
    const verify = `${path}/example-test/verify_hosted_mta_sts`
    const byQuery = await server.call('POST', `${verify}.json?record=tls_rpt`)
    const byBody = await server.call('POST', verify, { record: 'policy' })
    expect(Object.keys(byQuery.body.records)).toEqual(['tls_rpt_record'])
    expect(Object.keys(byBody.body.records)).toEqual(['policy_cname', 'policy_file'])
  })

  it('disappears after deletion, and mode none is served while senders may cache its policy', async () => {
    expect(await server.call('DELETE', `${path}/example-test.json`)).toMatchObject({
      status: 200,
      body: { status: 200 },
    })
    expect((await server.call('GET', `${path}/example-test.json`)).status).toBe(404)
    expect((await server.call('DELETE', `${path}/example-test.json`)).status).toBe(404)
    await expect
      .poll(() => server.store.db.selectFrom('hostings').selectAll().executeTakeFirst())
      .toMatchObject({ domain_id: null, dmarc_record: null, live_policy: expect.stringContaining('mode: none') })
  })
})
