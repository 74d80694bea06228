import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { main } from '../src/main.ts'
import { notify } from '../src/notices/notify.ts'
import { openStore } from '../src/store/open-store.ts'
import { describeEngines } from './engines.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'
import { storeWithDomain } from './store-with-domain.ts'

vi.setConfig({ testTimeout: 60_000 })

describeEngines('the secrets of webhooks', (fresh) => {
  const folder = mkdtempSync(join(tmpdir(), 'dmarc-secrets-'))
  const storeKeyFile = join(folder, 'store.key')
  const sealed = { source: 'front' as const, ask: { port: 0 }, storeKeyFile }
  let location: string
  let receiver: Server
  let url: string
  let received: { headers: IncomingMessage['headers']; body: string }[]
  let server: TestServer | undefined
  let printed: string

  beforeAll(async () => {
    location = await fresh()
    writeFileSync(storeKeyFile, Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 })
    received = []
    receiver = createServer(async (request, response) => {
      received.push({ headers: request.headers, body: await text(request) })
      response.writeHead(204).end()
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
    const store = await openStore(location)
    await storeWithDomain(store, 'example.test')
    await store.close()
  })
  afterAll(async () => {
    await server?.close()
    receiver.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function run(settings: { store?: string; certificates: object }, ...argv: string[]) {
    const out: string[] = []
    const env = {
      DMARC_SERVER_STORE: settings.store ?? location,
      DMARC_SERVER_HOSTED_ZONE: JSON.stringify({ name: 'hosting.test', nameServers: [{ name: 'ns1.example.net' }] }),
      DMARC_SERVER_POLICY_HOST__CERTIFICATES: JSON.stringify(settings.certificates),
      DMARC_SERVER_NETWORK: JSON.stringify({ allowPrivate: true }),
    }
    const print = (line: string) => void out.push(line)
    const code = await main(argv, env, print, print)
    return { code, out: out.join('\n') }
  }
  const start = async (certificates: typeof sealed | { source: 'front'; ask: { port: number } }) => {
    server = await startTestServer({
      config: { store: location, policyHost: { listen: { port: 0 }, certificates } },
      withoutOwner: true,
    })
    return server
  }
  const stored = async (at = location) => {
    const store = await openStore(at)
    const rows = await store.db.selectFrom('notice_targets').select(['destination', 'secret']).orderBy('id').execute()
    await store.close()
    return rows
  }
  const plain = { source: 'front', ask: { port: 0 } } as const
  const backupOf = async (name: string, certificates: object, ...options: string[]) => {
    const to = join(folder, name)
    const { code, out } = await run({ certificates }, 'backup', '--to', to, ...options)
    expect([code, out]).toEqual([0, out])
    return { to, out, rows: gunzipSync(readFileSync(join(to, 'store.jsonl.gz'))).toString() }
  }

  it('are left out of a backup without keys where the store has them unencrypted', async () => {
    const email = 'owner@example.com'
    const added = await run({ certificates: plain }, 'notices', 'add', '--email', email, '--webhook', `${url}/plain`)
    expect(added.out).toMatch(/^whsec_/)
    printed = added.out
    expect((await run({ certificates: plain }, 'doctor')).out).toContain('1 webhook secret unencrypted in the store.')
    const without = await backupOf('without', plain, '--keys', 'no')
    expect(without.rows).toContain(`${url}/plain`)
    expect(without.rows).not.toContain('whsec_')
    expect(without.out).toContain('Left out 1 webhook secret')
    const whole = await backupOf('whole', plain)
    expect(whole.rows).toContain(printed)
    expect(whole.out).toContain('The folder holds secrets')
    const restored = join(folder, 'restored.sqlite')
    expect((await run({ store: restored, certificates: plain }, 'restore', '--from', without.to)).code).toBe(0)
    expect(await stored(restored)).toEqual([{ destination: `${url}/plain`, secret: null }])
  })

  it('are encrypted by the first start with a key, in commands and in requests, and sign as before', async () => {
    const { store, call, close, tenant } = await start(sealed)
    try {
      const owner = await tenant('second@example.com')
      const body = { notice_target: { channel: 'webhook', destination: `${url}/asked` } }
      const asked = await call('POST', '/v2/notice_targets.json', body, owner.token)
      expect(asked).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/) } })
      const rows = await stored()
      expect(rows.map(({ secret }) => secret?.slice(0, 3))).toEqual(['v1.', 'v1.'])
      const [domain] = await store.db.selectFrom('domains').select('id').execute()
      await notify(store.db, {
        kind: 'became_ready',
        domainId: domain?.id ?? 0,
        facts: { service: 'dmarc' },
        now: Date.now(),
      })
      await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 20_000 })
      const [request] = received
      const verified = new Webhook(printed).verify(request?.body ?? '', request?.headers as Record<string, string>)
      expect(verified).toMatchObject({ type: 'domain.became_ready' })
    } finally {
      await close()
      server = undefined
    }
    const { rows, out } = await backupOf('sealed', sealed, '--keys', 'no')
    expect(rows).toContain('"v1.')
    expect(rows).not.toContain('whsec_')
    expect(out).not.toContain('Left out')
    expect((await run({ certificates: sealed }, 'doctor')).out).not.toContain('unencrypted')
    expect((await backupOf('keyed', sealed)).out).toContain(`Copied ${storeKeyFile}`)
  })

  it('are of no use with another destination', async () => {
    const [first] = await stored()
    const { configuredWebhookSecrets } = await import('../src/app/store-keys.ts')
    const { parseConfig } = await import('../src/config/load-config.ts')
    const config = parseConfig({
      hostedZone: { name: 'hosting.test', nameServers: [{ name: 'ns1.example.net' }] },
      policyHost: { certificates: sealed },
    })
    const { open } = await configuredWebhookSecrets(config)
    const secret = first?.secret ?? null
    expect(() => open({ user_id: 1, destination: `${url}/other`, secret })).toThrow(/was changed or cut/)
  })

  it('need a key file that can be read, and a start without one says why', async () => {
    const cases: [file: string, says: string][] = [
      [join(folder, 'nowhere'), 'does not exist'],
      [folder, 'is a folder'],
      [join(storeKeyFile, 'x'), 'is below a file'],
    ]
    for (const [file, says] of cases) {
      const { code, out } = await run({ certificates: { ...sealed, storeKeyFile: file } }, 'start')
      expect([code, out]).toEqual([1, expect.stringContaining(`storeKeyFile: the file ${file} ${says}`)])
    }
  })
})
