import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '../src/main.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { findCaller } from '../src/store/tokens.ts'

const folder = mkdtempSync(join(tmpdir(), 'dmarc-access-'))
const location = join(folder, 'data', 'store.sqlite')
const env = {
  DMARC_SERVER_STORE: location,
  DMARC_SERVER_HOSTED_ZONE: JSON.stringify({ name: 'hosting.test', nameServers: [{ name: 'ns1.example.net' }] }),
}

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

async function ok(...argv: string[]): Promise<string> {
  const { code, out, err } = await run(...argv)
  expect(err).toBe('')
  expect(code).toBe(0)
  return out
}

describe('commands about access', () => {
  let store: Store
  const valid = async (token: string) => (await findCaller(store.db, token)) !== undefined
  beforeAll(async () => {
    await ok('user', 'create', '--email', 'ada@example.com')
    await ok('user', 'create', '--email', 'bob@example.com')
    await ok('account', 'create', '--email', 'ada@example.com', '--title', 'Ada Ltd')
    store = await openStore(location)
  })
  afterAll(async () => {
    await store?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('keep the store to its user', () => {
    expect(statSync(location).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
  })

  it('list, rotate and revoke tokens by number', async () => {
    const first = await ok('token', 'create', '--email', 'ada@example.com', '--name', 'ci', '--expires', '90d')
    const list = await ok('token', 'list', '--email', 'ada@example.com')
    expect(list).toMatch(/1 +ada@example\.com +ci +read,write,verify +all .+Z +- .+Z +-$/m)
    expect(list).not.toContain(first)
    const second = await ok('token', 'rotate', '--id', '1', '--overlap', '1h')
    expect([await valid(first), await valid(second)]).toEqual([true, true])
    expect(await findCaller(store.db, first, Date.now() + 3_600_000)).toBeUndefined()
    await ok('token', 'revoke', '--id', '2')
    expect(await valid(second)).toBe(false)
    expect((await run('token', 'rotate', '--id', '2')).err).toMatch(/revoked or expired/)
    expect((await run('token', 'revoke')).err).toMatch(/--id/)
    expect((await run('token', 'create', '--email', 'ada@example.com', '--expires', 'soon')).err).toMatch(/90d/)
  })

  it('change the plan and the quotas of a user, and disable them', async () => {
    expect(await ok('user', 'change', '--email', 'bob@example.com', '--plan', 'free', '--domain-quota', '5')).toContain(
      'free, domains: 5',
    )
    expect(await ok('user', 'change', '--email', 'bob@example.com', '--domain-quota', 'plan')).toContain('of the plan')
    const token = await ok('token', 'create', '--email', 'bob@example.com')
    await ok('user', 'disable', '--email', 'bob@example.com')
    expect(await valid(token)).toBe(false)
    expect(await ok('user', 'list')).toMatch(/bob@example\.com +free .+Z +\d{4}.+Z$/m)
    await ok('user', 'enable', '--email', 'bob@example.com')
    expect(await valid(token)).toBe(true)
  })

  it('share an account and take it back', async () => {
    await ok('account', 'share', '--account', 'ada-ltd', '--email', 'bob@example.com')
    expect(await ok('account', 'list')).toMatch(/ada-ltd +Ada Ltd +ada@example\.com +bob@example\.com/)
    await ok('account', 'unshare', '--account', 'ada-ltd', '--email', 'bob@example.com')
    expect(await ok('account', 'list')).not.toMatch(/ada-ltd .+bob/)
    const owner = await run('account', 'share', '--account', 'ada-ltd', '--email', 'ada@example.com')
    expect(owner.err).toMatch(/owns the account/)
  })

  it('are in the audit log, from which a deleted person can be erased', async () => {
    const log = await ok('audit')
    expect(log).toMatch(/command +\S+@\S+ +account unshare/)
    expect(log).toMatch(/token revoke +token 2 ci +\{"revoked":false\} +\{"revoked":true\}/)
    expect((await run('user', 'erase', '--email', 'ada@example.com')).err).toMatch(/Delete it first/)
    await ok('user', 'delete', '--email', 'ada@example.com')
    expect(await ok('user', 'list')).not.toContain('ada@')
    expect(await ok('audit')).toContain('ada@example.com')
    await ok('user', 'erase', '--email', 'ada@example.com')
    const erased = await ok('audit')
    expect(erased).not.toMatch(/ada@example\.com|Ada Ltd/)
    expect(erased).toMatch(/user delete +user 1 +\{/)
    expect((await run('user', 'erase', '--email', 'nobody@example.com')).err).toMatch(/does not name/)

    // Also where others shared an account with the person, and where the address belonged to two users in turn.
    expect(erased).toMatch(/account share +membership 1 2 bob@example\.com/)
    await ok('user', 'delete', '--email', 'bob@example.com')
    await ok('user', 'create', '--email', 'bob@example.com')
    await ok('user', 'delete', '--email', 'bob@example.com')
    await ok('user', 'erase', '--email', 'bob@example.com')
    expect(await ok('audit')).not.toContain('bob@')
  })
})
