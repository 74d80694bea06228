import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { main } from './main.ts'
import { openStore } from './store/open-store.ts'
import { findCaller } from './store/tokens.ts'

const folder = mkdtempSync(join(tmpdir(), 'dmarc-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const zone = {
  name: 'hosting.test',
  nameServers: [{ name: 'ns1.hosting.test', ipv4: ['192.0.2.53'] }],
  listen: { port: 0 },
}
let env: Record<string, string>
let count = 0
beforeEach(() => {
  env = {
    DMARC_SERVER_STORE: join(folder, `${++count}.sqlite`),
    DMARC_SERVER_HOSTED_ZONE: JSON.stringify(zone),
  }
})

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await main(
    argv,
    env,
    (line) => out.push(line),
    (line) => err.push(line),
  )
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('the command line', () => {
  it('creates a user, an account and a working token, and revokes the token', async () => {
    expect(await run('user', 'create', '--email', 'a@example.com')).toMatchObject({ code: 0 })
    expect((await run('account', 'create', '--email', 'a@example.com', '--title', 'Example Ltd')).out).toContain(
      'example-ltd',
    )
    const made = await run(
      'token',
      'create',
      '--email',
      'a@example.com',
      '--privileges',
      'read,verify',
      '--account',
      'example-ltd',
    )
    expect(made).toMatchObject({ code: 0, err: '' })
    const caller = async () => {
      const store = await openStore(env.DMARC_SERVER_STORE ?? '')
      const found = await findCaller(store.db, made.out)
      await store.close()
      return found
    }
    expect([...((await caller())?.privileges ?? [])]).toEqual(['read', 'verify'])
    expect((await caller())?.accountId).toBeTypeOf('number')
    env.DMARC_SERVER_REVOKE = made.out
    expect(await run('token', 'revoke')).toMatchObject({ code: 0 })
    expect(await caller()).toBeUndefined()
  })

  it('fails with one sentence for an expected failure', async () => {
    await run('user', 'create', '--email', 'a@example.com')
    expect(await run('user', 'create', '--email', 'a@example.com')).toMatchObject({
      code: 1,
      err: 'User a@example.com already exists.',
    })
    expect((await run('user', 'create', '--email', 'b@example.com', '--plan', 'gold')).err).toContain('free, standard')
    expect((await run('token', 'create', '--email', 'nobody@example.com')).err).toContain('user create')
    expect((await run('token', 'create', '--email', 'a@example.com', '--privileges', 'admin')).err).toContain(
      'read, write, verify',
    )
    expect((await run('token', 'create', '--email', 'a@example.com', '--account', 'none')).err).toContain(
      'no account none',
    )
    expect((await run('token', 'revoke')).err).toContain('DMARC_SERVER_REVOKE')
    expect((await run('account', 'create', '--email', 'a@example.com')).err).toBe('--title is required.')
  })

  it('fails with the usage for unknown commands and options', async () => {
    expect(await run('dance')).toMatchObject({ code: 2, err: expect.stringContaining('dmarc-server start') })
    expect(await run('user', 'create', '--emial', 'x')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--emial'),
    })
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('token create') })
  })

  it('fails for an invalid configuration and names the setting', async () => {
    env.DMARC_SERVER_HOSTED_ZONE = '{}'
    expect(await run('start')).toMatchObject({ code: 1, err: expect.stringContaining('hostedZone.name') })
    // Not a file of this name.
    env.DMARC_SERVER_STORE = 'mysql://a:canary@127.0.0.1/d'
    const { err } = await run('user', 'list')
    expect(err).toMatch(/store: must be the path of a file, or a URL that begins with postgres:/)
    expect(err).not.toContain('canary')
  })

  it('names every mistake in the contents of the settings before it starts anything', async () => {
    env.DMARC_SERVER_HOSTED_ZONE = JSON.stringify({ ...zone, nameServers: [{ name: 'ns1.hosting.test' }] })
    const { code, err } = await run('start')
    expect(code).toBe(1)
    const settings = [
      'hostedZone.nameServers',
      'policyHost.addresses',
      'policyHost.certificates.source',
      'reports.exchanges',
    ]
    for (const setting of settings) expect(err).toContain(`  ${setting} `)
    env.DMARC_SERVER_POLICY_HOST = JSON.stringify({
      addresses: { ipv4: ['192.0.2.1'] },
      certificates: {
        source: 'acme',
        folder: join(folder, 'acme'),
        directoryUrl: 'https://acme-v02.api.letsencrypt.org:1/',
      },
      certificateAuthorities: ['sectigo.com'],
    })
    expect((await run('start')).err).toMatch(/policyHost.certificateAuthorities is sectigo.com, .+ letsencrypt.org/)
  })

  it('fails with one sentence for a store that cannot be opened', async () => {
    const cases = {
      'postgres://a:canary@[::1/d': /no valid URL/,
      'postgres://dmarc@no-such-host.invalid/dmarc': /cannot be resolved/,
      [folder]: /folder/,
      [join(folder, 'no-database')]: /no SQLite database/,
      '/dev/null/store.sqlite': /\/dev\/null/,
    }
    writeFileSync(
      join(folder, 'no-database'),
      'This is a text of more than a hundred characters, so that it is long enough to be read as the header of a database.',
    )
    for (const [store, explanation] of Object.entries(cases)) {
      env.DMARC_SERVER_STORE = store
      const { code, err } = await run('user', 'list')
      expect([store, code]).toEqual([store, 1])
      expect(err).toMatch(explanation)
      expect(err).not.toMatch(/\n|canary/)
    }
  })

  it('fails with one sentence for files of the settings that cannot be used', async () => {
    env.DMARC_SERVER_NETWORK__ALLOW_PRIVATE = 'true'
    env.DMARC_SERVER_LOG = 'silent'
    env.DMARC_SERVER_API__PORT = '0'
    env.DMARC_SERVER_POLICY_HOST__LISTEN__PORT = '0'
    const file = join(folder, 'canary')
    writeFileSync(file, 'canary-secret')
    const cases: [reports: object, says: RegExp][] = [
      [
        { smtp: { listen: { port: 0 }, certificate: file, key: file } },
        /reports\.smtp\.certificate and \.key: expected PEM/,
      ],
      [
        { smtp: { listen: { port: 0 }, certificate: '/none', key: file } },
        /reports\.smtp\.certificate: the file \/none does/,
      ],
      [
        { smtp: { listen: { port: 0 }, certificate: file, key: folder } },
        /reports\.smtp\.key: the file .+ is a folder/,
      ],
    ]
    for (const [reports, says] of cases) {
      env.DMARC_SERVER_REPORTS = JSON.stringify(reports)
      const { code, err } = await run('start')
      expect([code, err]).toEqual([1, expect.stringMatching(says)])
      expect(err).not.toContain('canary-secret')
    }
  })

  it('shows hidden characters of what it prints', async () => {
    await run('user', 'create', '--email', 'b@example.com')
    const missing = await run('account', 'share', '--account', 'a\u202eb\u001b[2J', '--email', 'b@example.com')
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('a\\u{202e}b\\x1b[2J') })
    const made = await run('user', 'create', '--email', 'c\u2066@example.com')
    expect(made.out + made.err).toContain('c\\u{2066}@example.com')
  })

  it('explains how to proceed when a port is in use or the database is not available', async () => {
    const other = createServer()
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    env.DMARC_SERVER_POLICY_HOST__LISTEN__PORT = '0'
    env.DMARC_SERVER_API__PORT = String((other.address() as AddressInfo).port)
    env.DMARC_SERVER_LOG = 'silent'
    env.DMARC_SERVER_NETWORK__ALLOW_PRIVATE = 'true'
    const taken = await run('start')
    expect(taken).toMatchObject({ code: 1, err: expect.stringContaining(`Port ${env.DMARC_SERVER_API__PORT}`) })
    // The responder has a thread of its own.
    env.DMARC_SERVER_HOSTED_ZONE__LISTEN__PORT = env.DMARC_SERVER_API__PORT
    const alsoTaken = await run('start')
    other.close()
    expect(alsoTaken.err).toMatch(/^Port \d+ of 127\.0\.0\.1 is already in use\. .+$/)
    env.DMARC_SERVER_STORE = 'postgres://dmarc:canary-password@127.0.0.1:1/dmarc'
    const noDatabase = await run('start')
    expect(noDatabase).toMatchObject({ code: 1, err: expect.stringContaining('ECONNREFUSED') })
    expect(noDatabase.err).not.toContain('canary-password')
  })
})
