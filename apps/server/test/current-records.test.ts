import type { PolicyFetcher } from '@dmarc-as-code/dns/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { observationsOf } from '../src/store/verifications.ts'
import { addCnames, type CustomerDns, startCustomerDns } from './customer-dns.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

const txt = (...data: string[]) => [{ type: 'TXT' as const, ttl: 60, data }]
const soc = 'rua=mailto:soc@example.test'
const policyFile = 'version: STSv1\r\nmode: enforce\r\nmx: mx1.example.test\r\nmax_age: 604800\r\n'

describe('what is live before hosting begins', () => {
  let server: TestServer
  let customer: CustomerDns
  let path: string
  /** By host. */
  const files = new Map<string, string>()
  const policyFetcher: PolicyFetcher = {
    async fetch(host) {
      const body = files.get(host)
      return body === undefined
        ? { ok: false, reason: 'connect', message: `${host} refused the connection.` }
        : { ok: true, address: '192.0.2.1', status: 200, contentType: 'text/plain', body }
    },
  }

  beforeAll(async () => {
    customer = await startCustomerDns('example.test')
    // A zone whose servers do not answer.
    const silent = { zone: 'silent.test', servers: [{ address: '127.0.0.1', port: 9 }] }
    server = await startTestServer({ stubZones: [customer.stubZone, silent], policyFetcher })
    path = `/v2/accounts/${server.owner.accountId}/domains`
  })
  afterAll(async () => {
    await server?.close()
    await customer?.close()
  })

  async function create(address: string, more: object = {}) {
    const domain = { address, rua_report: true, ruf_report: true, mta_sts_report: true, ...more }
    const { body, status } = await server.call('POST', `${path}.json`, { domain })
    expect(status).toBe(201)
    return body.id as number
  }
  const put = async (id: number, domain: object) => (await server.call('PUT', `${path}/${id}.json`, { domain })).body
  const stand = (name: string, ...texts: string[]) =>
    customer.zone.setRrsets(name, texts.length > 0 ? txt(...texts) : [])

  const situations = [
    { name: 'a stronger record', zone: [`v=DMARC1; p=reject; sp=reject; ${soc}`], policy: 'reject', before: 'reject' },
    { name: 'an equal policy', zone: [`v=DMARC1; p=none; ${soc}`], policy: 'none', before: 'none' },
    {
      name: 'strict alignment',
      zone: [`v=DMARC1; p=quarantine; adkim=s; ${soc}`],
      policy: 'quarantine',
      before: 'quarantine',
    },
    { name: 'report addresses without a policy', zone: [`v=DMARC1; ${soc}`], policy: 'none', before: 'none' },
  ]
  it.each(situations)('is kept with its report addresses: $name', async ({ name, zone, policy, before }) => {
    const address = `${name.replaceAll(' ', '-')}.example.test`
    stand(`_dmarc.${address}`, ...zone)
    const id = await create(address)
    const body = await put(id, { hosted_dmarc: true, take_over_current: true })
    expect(body.current_dmarc_config).toContain(`p=${policy}`)
    expect(body.current_dmarc_config).toContain('rua=mailto:soc@example.test,mailto:')
    expect(body.taken_over.dmarc).toMatchObject({ record: zone[0], policy_domain: address, dropped: [] })
    expect(body.taken_over.dmarc.kept).toContain(soc)
    expect(body.taken_over.dmarc.added[0]).toMatch(/^rua=mailto:[0-9a-f]+\.a@/)
    expect(body.effect.dmarc).toMatchObject({ known: true, weakens: false, needs_consent: false })
    expect(body.effect.dmarc.before).toMatchObject({ policy: before, policy_domain: address })
    // Sent again after the answer was lost.
    const again = await put(id, { hosted_dmarc: true, take_over_current: true })
    expect(again.current_dmarc_config).toBe(body.current_dmarc_config)
    expect(again).not.toHaveProperty('effect')
  })

  it('is taken over where hosting is on already, until the CNAME leads here', async () => {
    stand('_dmarc.hosted-already.example.test', `v=DMARC1; p=reject; ${soc}`)
    const id = await create('hosted-already.example.test')
    const hosted = await put(id, { hosted_dmarc: true })
    expect(hosted.current_dmarc_config).toContain('p=none')
    const body = await put(id, { hosted_dmarc: true, take_over_current: true })
    expect(body.current_dmarc_config).toContain(`p=reject; rua=mailto:soc@example.test,mailto:`)
    expect(body.taken_over.dmarc).toMatchObject({ record: `v=DMARC1; p=reject; ${soc}` })
    expect(body.effect.dmarc).toMatchObject({ grade: 'stronger', weakens: false })

    stand('_dmarc.hosted-already.example.test')
    addCnames(customer, body.cname_records)
    const quarantine = body.current_dmarc_config.replace('p=reject', 'p=quarantine')
    await put(id, { hosted_dmarc_config: quarantine })
    const again = await put(id, { hosted_dmarc: true, take_over_current: true })
    expect(again.current_dmarc_config).toBe(quarantine)
    expect(again.taken_over).toEqual({ dmarc: null })
  })

  it('is a policy file that is taken over where hosting is on already', async () => {
    const id = await create('later-file.example.test', {
      mta_sts_policy: { mode: 'testing', mx: 'other.example.test', mx_age: 7 },
    })
    await put(id, { hosted_mta_sts: true })
    stand('_mta-sts.later-file.example.test', 'v=STSv1; id=1')
    customer.zone.setRrsets('mta-sts.later-file.example.test', [{ type: 'A', ttl: 60, data: ['192.0.2.1'] }])
    files.set('mta-sts.later-file.example.test', policyFile)
    const body = await put(id, { hosted_mta_sts: true, take_over_current: true })
    expect(body.mta_sts_policy).toEqual({ mode: 'enforce', mx: 'mx1.example.test', mx_age: 7 })
    expect(body.taken_over.mta_sts).toMatchObject({ source: 'policy_file' })
  })

  it('is named in the answer when hosting begins with the weaker default record', async () => {
    stand('_dmarc.default.example.test', `v=DMARC1; p=reject; ${soc}`)
    const id = await create('default.example.test')
    const { effect, current_dmarc_config } = await put(id, {
      hosted_dmarc: true,
      allow_weaker: ' Moving to   reports ',
    })
    expect(current_dmarc_config).toContain('p=none')
    expect(effect.dmarc).toMatchObject({
      grade: 'incomparable',
      weakens: true,
      needs_consent: true,
      before: { record: `v=DMARC1; p=reject; ${soc}`, policy: 'reject' },
      after: { policy: 'none' },
    })
    expect(effect.dmarc.message).toContain('The policy for the domain goes from reject')
    expect(effect.dmarc.message).toContain('Send take_over_current: true')
    const history = await observationsOf(server.store.db, id)
    expect(history).toMatchObject([
      { service: 'dmarc', part: 'consent', to: 'incomparable', found: 'Moving to   reports' },
    ])
  })

  it('is what a parent says for the domain, where it has no record of its own', async () => {
    stand('_dmarc.parent.example.test', `v=DMARC1; p=reject; sp=quarantine; ${soc}`)
    const id = await create('child.parent.example.test')
    const body = await put(id, { hosted_dmarc: true, take_over_current: true })
    expect(body.current_dmarc_config).toContain('p=quarantine')
    expect(body.taken_over.dmarc).toMatchObject({ policy_domain: 'parent.example.test' })
    expect(body.effect.dmarc).toMatchObject({ weakens: false })
  })

  it.each([
    { name: 'no record', zone: [] },
    { name: 'several records', zone: ['v=DMARC1; p=reject', 'v=DMARC1; p=none'] },
  ])('is nothing: $name', async ({ name, zone }) => {
    const address = `${name.replaceAll(' ', '-')}.example.test`
    stand(`_dmarc.${address}`, ...zone)
    const body = await put(await create(address), { hosted_dmarc: true, take_over_current: true })
    expect(body.taken_over).toEqual({ dmarc: null })
    expect(body.current_dmarc_config).toBe(body.default_dmarc_record)
    expect(body.effect.dmarc).toMatchObject({ grade: 'stronger', before: { record: null, policy: 'none' } })
  })

  it('is found through a CNAME to another service', async () => {
    stand('record.service.example.test', `v=DMARC1; p=reject; ${soc}`)
    customer.zone.setRrsets('_dmarc.alias.example.test', [
      { type: 'CNAME', ttl: 60, data: ['record.service.example.test'] },
    ])
    const body = await put(await create('alias.example.test'), { hosted_dmarc: true, take_over_current: true })
    expect(body.current_dmarc_config).toContain('p=reject')
  })

  it('keeps the addresses of a parked domain, and not its weaker policy', async () => {
    stand('_dmarc.parked.example.test', `v=DMARC1; p=quarantine; pct=50; ${soc}`)
    const id = await create('parked.example.test', { parked_domain: true })
    const body = await put(id, { hosted_dmarc: true, take_over_current: true })
    expect(body.current_dmarc_config).toMatch(/^v=DMARC1; p=reject; sp=reject; np=reject;/)
    expect(body.taken_over.dmarc.kept).toEqual([soc])
    expect(body.taken_over.dmarc.dropped.map(({ value }: { value: string }) => value)).toEqual([
      'p=quarantine',
      'pct=50',
    ])
  })

  it('is not taken over where it cannot be read, and refuses nothing else', async () => {
    const id = await create('silent.test')
    const refused = await server.call('PUT', `${path}/${id}.json`, {
      domain: { hosted_dmarc: true, take_over_current: true },
    })
    expect(refused).toMatchObject({
      status: 422,
      body: { error: { details: [{ code: 'current_record_unreadable' }] } },
    })
    const body = await put(id, { hosted_dmarc: true })
    expect(body).toMatchObject({ hosted_dmarc: true, effect: { dmarc: { known: false, grade: null, weakens: false } } })
    expect(body.effect.dmarc.message).toContain('The effect is unknown.')
  })

  it('is lost when hosting ends behind a CNAME that leads here, as the answers say', async () => {
    const id = await create('leaving.example.test')
    const hosted = await put(id, { hosted_dmarc: true, hosted_dmarc_config: undefined })
    const before = await put(id, { hosted_dmarc: false })
    expect(before.effect.dmarc).toMatchObject({ grade: 'same', weakens: false })
    expect(before.effect.dmarc.message).toContain('does not lead to this server')
    const again = await put(id, { hosted_dmarc: true })
    const strict = again.default_dmarc_record.replace('p=none', 'p=reject')
    const changed = await put(id, { hosted_dmarc_config: strict })
    expect(changed.effect.dmarc).toMatchObject({
      grade: 'stronger',
      before: { policy: 'none' },
      after: { policy: 'reject' },
    })
    addCnames(customer, hosted.cname_records)
    await expect
      .poll(async () => (await server.call('POST', `${path}/${id}/verify_hosted_dmarc.json`)).body.overall_status)
      .toBe('ready')
    const { body } = await server.call('DELETE', `${path}/${id}.json?allow_weaker=Sold`)
    expect(body.effect.dmarc).toMatchObject({
      weakens: true,
      needs_consent: true,
      before: { policy: 'reject' },
      after: { record: null, policy: 'none' },
    })
    expect(body.effect.dmarc.message).toContain('Replace the CNAME by a TXT record')
  })

  it('is a policy file that is taken over without a stored policy', async () => {
    stand('_mta-sts.file.example.test', 'v=STSv1; id=1')
    customer.zone.setRrsets('mta-sts.file.example.test', [{ type: 'A', ttl: 60, data: ['192.0.2.1'] }])
    files.set('mta-sts.file.example.test', policyFile)
    const body = await put(await create('file.example.test'), { hosted_mta_sts: true })
    expect(body.mta_sts_policy).toEqual({ mode: 'enforce', mx: 'mx1.example.test', mx_age: 7 })
    expect(body.taken_over.mta_sts).toMatchObject({ source: 'policy_file', dropped: [] })
    expect(body.effect.mta_sts).toMatchObject({ grade: 'same', before: { mode: 'enforce' } })
  })

  it('is named in the answer when a stored policy is weaker than the policy file', async () => {
    files.set('mta-sts.file.example.test', policyFile)
    const policy = { mode: 'testing', mx: 'mx1.example.test', mx_age: 7 }
    stand('_mta-sts.stored.example.test', 'v=STSv1; id=1')
    customer.zone.setRrsets('mta-sts.stored.example.test', [{ type: 'A', ttl: 60, data: ['192.0.2.1'] }])
    files.set('mta-sts.stored.example.test', policyFile)
    const id = await create('stored.example.test', { mta_sts_policy: policy })
    const body = await put(id, { hosted_mta_sts: true })
    expect(body.mta_sts_policy.mode).toBe('testing')
    expect(body.effect.mta_sts).toMatchObject({ weakens: true, needs_consent: true, before: { mode: 'enforce' } })
    expect(body.effect.mta_sts.message).toContain('Send take_over_current: true')
    await put(id, { hosted_mta_sts: false })
    const taken = await put(id, { hosted_mta_sts: true, take_over_current: true })
    expect(taken.mta_sts_policy.mode).toBe('enforce')
  })

  it('is the MX records, hosted in mode testing, where no policy is live', async () => {
    customer.zone.setRrsets('mail.example.test', [
      {
        type: 'MX',
        ttl: 60,
        data: [
          { preference: 20, exchange: 'MX2.example.test' },
          { preference: 10, exchange: 'mx1.example.test' },
        ],
      },
    ])
    const body = await put(await create('mail.example.test'), { hosted_mta_sts: true })
    expect(body.mta_sts_policy).toEqual({ mode: 'testing', mx: 'mx1.example.test, mx2.example.test', mx_age: 7 })
    expect(body.taken_over.mta_sts).toMatchObject({ source: 'mx', kept: [] })
  })

  it('leaves the policy file pending with its reason while there are no MX records, and adopts them later', async () => {
    const id = await create('later.example.test')
    const body = await put(id, { hosted_mta_sts: true })
    expect(body).toMatchObject({ hosted_mta_sts: true, mta_sts_policy: null, taken_over: { mta_sts: null } })
    expect(body.cname_records).toHaveLength(3)
    addCnames(customer, body.cname_records)
    const verify = async () => (await server.call('POST', `${path}/${id}/verify_hosted_mta_sts.json`)).body
    await expect.poll(async () => (await verify()).records.tls_rpt_record.txt_record_status).toBe('published')
    const pending = await verify()
    expect(pending).toMatchObject({
      overall_status: 'pending',
      records: {
        policy_cname: { cname_status: 'verified' },
        policy_file: { status: 'pending', reason: 'no-mail-hosts' },
      },
    })
    expect(pending.records.policy_file.fix).toContain('Add MX records')
    const targets = body.cname_records.map(({ value }: { value: string }) => value)
    expect(targets.length).toBe(3)
    customer.zone.setRrsets('later.example.test', [
      { type: 'MX', ttl: 60, data: [{ preference: 10, exchange: 'mx.example.test' }] },
    ])
    await expect.poll(async () => (await verify()).overall_status, { timeout: 10_000 }).toBe('ready')
    const shown = await server.call('GET', `${path}/${id}.json`)
    expect(shown.body.mta_sts_policy).toEqual({ mode: 'testing', mx: 'mx.example.test', mx_age: 7 })
  })
})
