import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { main } from './main.ts'
import { openStore } from './store/open-store.ts'
import { findCaller } from './store/tokens.ts'

const folder = mkdtempSync(join(tmpdir(), 'dmarc-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const zone = { name: 'hosting.test', nameServers: [{ name: 'ns1.hosting.test' }], listen: { port: 0 } }
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
  })

  it('explains how to proceed when a port is in use or the database is not available', async () => {
    const other = createServer()
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    env.DMARC_SERVER_POLICY_HOST__LISTEN__PORT = '0'
    env.DMARC_SERVER_API__PORT = String((other.address() as AddressInfo).port)
    env.DMARC_SERVER_LOG = 'silent'
    const taken = await run('start')
    other.close()
    expect(taken).toMatchObject({ code: 1, err: expect.stringContaining(`Port ${env.DMARC_SERVER_API__PORT}`) })
    env.DMARC_SERVER_STORE = 'postgres://dmarc:canary-password@127.0.0.1:1/dmarc'
    const noDatabase = await run('start')
    expect(noDatabase).toMatchObject({ code: 1, err: expect.stringContaining('ECONNREFUSED') })
    expect(noDatabase.err).not.toContain('canary-password')
  })
})
