import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { main } from '../src/main.ts'
import { hostedTargets } from '../src/rules/hosted-names.ts'
import { type SandboxDns, startSandboxDns } from '../src/sandbox-dns/index.ts'
import { describeEngines } from './engines.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

const patience = { timeout: 15_000 }

describeEngines('a hosted zone that is changed behind the server’s back', (fresh) => {
  let store: string
  let dns: SandboxDns
  let server: TestServer
  let path: string
  let target: string
  const key = { name: 'hosting', algorithm: 'hmac-sha256' as const, secret: randomBytes(32).toString('base64') }

  beforeEach(async () => {
    store = await fresh()
    dns = await startSandboxDns({ keys: [key], zones: [{ name: 'hosting.test', records: {} }] })
    server = await start()
    const domains = `/v2/accounts/${server.owner.accountId}/domains`
    const domain = { address: 'example.test', rua_report: true, ruf_report: true }
    const { id } = (await server.call('POST', `${domains}.json`, { domain })).body
    path = `${domains}/${id}`
    const { body } = await server.call('PUT', `${path}.json`, { domain: { hosted_dmarc: true } })
    target = body.cname_records[0].value
    await expect.poll(published, patience).toBe(true)
    await expect
      .poll(() => server.store.db.selectFrom('zone_comparisons').select('zone').execute(), patience)
      .toHaveLength(1)
    await expect
      .poll(
        () => server.store.db.selectFrom('work').select('task').where('task', 'in', ['publish', 'repair']).execute(),
        patience,
      )
      .toEqual([])
  })
  afterEach(async () => {
    await server?.close()
    await dns?.close()
  })

  const service = () => ({ type: 'rfc2136', server: dns.address, port: dns.port, key })
  const start = () =>
    startTestServer({
      stubZones: [{ zone: 'hosting.test', servers: [{ address: dns.address, port: dns.port }] }],
      config: { store, hostedZone: { name: 'hosting.test', service: service() } },
    })
  const records = () => dns.zone('hosting.test').dump()
  const published = () => records().includes(`${target}. 300 IN TXT "v=DMARC1; p=none`)
  const forge = () =>
    dns.zone('hosting.test').setRrsets(target, [{ type: 'TXT', ttl: 300, data: ['v=DMARC1; p=none; forged'] }])
  const run = async (...argv: string[]) => {
    const lines: string[] = []
    const env = {
      DMARC_SERVER_STORE: store,
      DMARC_SERVER_HOSTED_ZONE: JSON.stringify({ name: 'hosting.test', service: service() }),
    }
    const print = (line: string) => lines.push(line)
    return { code: await main(argv, env, print, print), out: lines.join('\n') }
  }

  it.each([
    ['removed', () => dns.zone('hosting.test').remove(target)],
    ['forged', forge],
  ])('is repaired once a verification finds a record %s', async (_, change) => {
    const before = records()
    change()
    expect(records()).not.toBe(before)
    const verified = await server.call('POST', `${path}/verify_hosted_dmarc.json`)
    expect(verified.body.txt_record.status).toBe('queued')
    await expect.poll(records, patience).toBe(before)
    expect((await run('zone', 'check')).out).toMatch(
      /The hosted zone has everything that the store wants\.\nRepaired so far: \d+ difference/,
    )
  })

  it('is checked and repaired by the command line', async () => {
    const before = records()
    expect(await run('zone', 'check')).toMatchObject({
      code: 0,
      out: expect.stringContaining('The hosted zone has everything that the store wants.'),
    })
    forge()
    const check = await run('zone', 'check')
    expect(check.code).toBe(1)
    expect(check.out).toContain(
      `${target}\n  - 300 TXT "v=DMARC1; p=none; forged"\n  + 300 TXT "v=DMARC1; p=none; fo=1; rua=`,
    )
    expect((await run('zone', 'repair')).code).toBe(0)
    await expect.poll(records, patience).toBe(before)
    expect((await run('zone', 'check')).code).toBe(0)
  })

  it('is compared at startup: names of deleted domains are removed, missing records are added', async () => {
    const { key: hostingKey } = await server.store.db.selectFrom('hostings').select('key').executeTakeFirstOrThrow()
    const deleted = 'abcdefghijklmnopqrstuvwxyz'
    await server.store.db
      .insertInto('hostings')
      .values({ key: deleted, domain_id: null, address: 'gone.test', keep_until: 0, retired_at: 1 })
      .execute()
    await server.close()
    const before = records()
    const leftOver = hostedTargets(deleted, 'hosting.test').dmarc
    dns.zone('hosting.test').setRrsets(leftOver, [{ type: 'TXT', ttl: 300, data: ['v=DMARC1; p=reject'] }])
    dns.zone('hosting.test').remove(hostedTargets(hostingKey, 'hosting.test').dmarc)
    const serial = dns.zone('hosting.test').serial
    server = await restart()
    await expect.poll(records, patience).toBe(before)
    expect(dns.zone('hosting.test').serial - serial).toBe(2)
  })

  /** `startTestServer` creates its user, which the store has already. */
  const restart = async () => {
    await server.store.db.destroy().catch(() => {})
    const { startServer } = await import('../src/app/start-server.ts')
    const { parseConfig } = await import('../src/config/load-config.ts')
    const restarted = await startServer(
      parseConfig({
        api: { port: 0 },
        store,
        hostedZone: { name: 'hosting.test', service: service() },
        policyHost: { listen: { port: 0 }, addresses: { ipv4: ['127.0.0.1'] } },
        verification: { recursors: [] },
        log: 'silent',
      }),
    )
    return { ...server, ...restarted }
  }
})
