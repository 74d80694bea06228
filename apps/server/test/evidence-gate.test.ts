import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type PlayOptions, playReports } from '../src/sandbox/play-reports.ts'
import { observationsOf } from '../src/store/verifications.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

// Starting the thread that reads takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

describe('a domain that asks for evidence before a policy is tightened', () => {
  let server: TestServer
  let path: string
  let own: string
  beforeAll(async () => {
    server = await startTestServer()
    await server.call('POST', '/v2/tags.json', { tag: { name: 'production' } })
    path = `/v2/accounts/${server.owner.accountId}/domains`
    const created = await send('POST', { address: 'example.test', rua_report: true, ruf_report: false })
    path += `/${created.body.id}`
    const hosted = await send('PUT', { hosted_dmarc: true, evidence_gate: 'enforce' })
    expect(hosted.body).toMatchObject({ evidence_gate: 'enforce' })
    own = hosted.body.current_dmarc_config
  })
  afterAll(() => server?.close())

  const send = (method: string, domain: object) => server.call(method, path, { domain })
  const play = (options: Partial<PlayOptions> = {}) =>
    playReports(server.store, server.owner.accountId, Date.now, { domain: 'example.test', ...options })
  const withPolicy = (p: string) => own.replace('p=none', `p=${p}`)

  it('refuses to tighten it while there is none, and says what is missing', async () => {
    const refused = await send('PUT', { hosted_dmarc_config: withPolicy('quarantine') })
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', details: [{ field: 'domain.hosted_dmarc', code: 'evidence_missing' }] } },
    })
    expect(refused.body.error.details[0].message).toContain('found no report')
    // Neither a generated record nor opening the gate in the same request passes it.
    expect(
      await server.call('POST', `${path}/generate_dmarc_record.json`, { p: 'reject', publish: true }),
    ).toMatchObject({
      status: 409,
    })
    const opened = { hosted_dmarc_config: withPolicy('quarantine'), evidence_gate: 'off' }
    expect((await send('PUT', opened)).status).toBe(409)
  })

  it('lets it pass with evidence, one level at a time, and any loosening at once', async () => {
    await play()
    expect((await send('PUT', { hosted_dmarc_config: withPolicy('reject') })).status).toBe(409)
    expect((await send('PUT', { hosted_dmarc_config: withPolicy('quarantine') })).status).toBe(200)
    expect((await send('PUT', { hosted_dmarc_config: withPolicy('none') })).status).toBe(200)
  })

  it('lets a written reason accept the risk, and keeps it in the history', async () => {
    const reason = 'The board wants it by Friday'
    const accepted = await send('PUT', { hosted_dmarc_config: withPolicy('reject'), accept_risk: reason })
    expect(accepted.status).toBe(200)
    const history = await observationsOf(server.store.db, accepted.body.id)
    expect(history).toMatchObject([{ service: 'dmarc', part: 'risk', to: 'p=reject', found: reason }])
    expect((await send('PUT', { hosted_dmarc_config: withPolicy('none'), accept_risk: ' ' })).status).toBe(422)
  })

  it('asks for TLS reports before MTA-STS is enforced', async () => {
    const policy = (mode: string) => ({ mode, mx: 'mail.example.test', mx_age: 7 })
    const hosted = { hosted_mta_sts: true, mta_sts_report: true, mta_sts_policy: policy('testing') }
    expect((await send('PUT', hosted)).status).toBe(200)
    const refused = await send('PUT', { mta_sts_policy: policy('enforce') })
    expect(refused.body.error.details).toMatchObject([{ field: 'domain.hosted_mta_sts', code: 'evidence_missing' }])
    await play({ days: 20, tls: { successful: 9 } })
    expect((await send('PUT', { mta_sts_policy: policy('enforce') })).status).toBe(200)
  })

  it('asks nothing any more once the gate is off, which raises the version once', async () => {
    const before = await send('PUT', {})
    const off = await send('PUT', { evidence_gate: 'off', tag_names: ['production'] })
    expect(off.body).toMatchObject({ evidence_gate: 'off', version: before.body.version + 1 })
    const strict = withPolicy('reject; sp=reject')
    expect((await send('PUT', { hosted_dmarc_config: strict })).status).toBe(200)
  })

  it('keeps a reason that is given while the gate is off', async () => {
    expect((await send('PUT', { hosted_dmarc_config: withPolicy('none') })).status).toBe(200)
    const reason = 'Nobody sends from here yet'
    const accepted = await send('PUT', { hosted_dmarc_config: withPolicy('reject'), accept_risk: reason })
    const history = await observationsOf(server.store.db, accepted.body.id)
    expect(history.filter(({ found }) => found === reason)).toMatchObject([{ part: 'risk', to: 'p=reject' }])
  })
})
