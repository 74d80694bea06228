import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../test-support/bind.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { main } from '../src/main.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

const key = { name: 'hosting', algorithm: 'hmac-sha256' as const, secret: randomBytes(32).toString('base64') }
const patience = { timeout: 20_000 }
const forgedRecord = '"v=DMARC1; p=none; rua=mailto:mallory@evil.example"'

describe.skipIf(!hasPrograms('named'))('names that somebody else wrote into the hosted zone in BIND', () => {
  let folder: string
  let bind: DnsDaemon
  let server: TestServer
  let target: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forged-names-'))
    bind = await startBind({ zones: [{ name: 'hosting.test', records: [] }], keys: [key] })
    server = await startTestServer({
      stubZones: [{ zone: 'hosting.test', servers: [{ address: bind.address, port: bind.port }] }],
      config: { store: join(folder, 'store.sqlite'), hostedZone: { name: 'hosting.test', service: service() } },
    })
    const domains = `/v2/accounts/${server.owner.accountId}/domains`
    const domain = { address: 'example.test', rua_report: true, ruf_report: true }
    const { id } = (await server.call('POST', `${domains}.json`, { domain })).body
    const { body } = await server.call('PUT', `${domains}/${id}.json`, { domain: { hosted_dmarc: true } })
    target = body.cname_records[0].value
  })
  beforeEach(() => expect.poll(() => zoneCheck().then(({ code }) => code), patience).toBe(0))
  afterAll(async () => {
    await server?.close()
    await bind?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const service = () => ({ type: 'rfc2136' as const, server: bind.address, port: bind.port, key })
  async function write(...names: string[]) {
    const adapter = await createAdapter(service())
    const changes = names.map((name) => ({
      name,
      before: [],
      after: [{ name, type: 'TXT', ttl: 300, values: [forgedRecord] }],
    }))
    await adapter.write({ id: 'hosting.test', name: 'hosting.test' }, changes)
    await adapter.close?.()
  }
  async function run(...argv: string[]) {
    const lines: string[] = []
    const env = {
      DMARC_SERVER_STORE: join(folder, 'store.sqlite'),
      DMARC_SERVER_HOSTED_ZONE: JSON.stringify({ name: 'hosting.test', service: service() }),
    }
    const print = (line: string) => lines.push(line)
    return { code: await main(argv, env, print, print), out: lines.join('\n') }
  }
  const zoneCheck = () => run('zone', 'check')

  it('are shown by zone check and removed by zone repair, wildcards and unknown keys included', async () => {
    const forged = [
      `${'q'.repeat(26)}.dmarc.hosting.test`,
      '*.dmarc.hosting.test',
      '*.hosting.test',
      `x.${target}`,
      'victim.example._report._dmarc.reports.hosting.test',
    ]
    await write(...forged)
    const check = await zoneCheck()
    expect(check.code).toBe(1)
    for (const name of forged) expect(check.out).toContain(`${name}\n  - 300 TXT ${forgedRecord}`)
    expect(check.out).toContain('5 names differ.')
    expect(check.out).not.toContain(`\n${target}\n`)

    expect(await run('zone', 'repair')).toMatchObject({ code: 0 })
    await expect.poll(zoneCheck, patience).toMatchObject({
      code: 0,
      out: expect.stringContaining('The hosted zone equals the store.'),
    })
  })

  it('are named and left alone in a part of the zone that the server does not use', async () => {
    await write('status.hosting.test')
    const check = await zoneCheck()
    expect(check.code).toBe(0)
    expect(check.out).toContain('This server did not publish these names, and leaves them alone:')
    expect(check.out).toContain('  status.hosting.test')
    await run('zone', 'repair')
    expect((await zoneCheck()).out).toContain('  status.hosting.test')
  })
})
