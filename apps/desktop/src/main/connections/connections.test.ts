import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redactor } from '@dmarc-as-code/primitives'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InMemorySecretStore } from '../../../test/memory-secrets.ts'
import { ConfigStore } from '../config/config-store.ts'
import { Connections } from './connections.ts'

let folder: string
let config: ConfigStore
let secrets: InMemorySecretStore
let connections: Connections
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connections-'))
  config = new ConfigStore(join(folder, 'config.json'), () => 0)
  secrets = new InMemorySecretStore()
  let ids = 0
  connections = new Connections({
    config,
    secrets,
    redactor: new Redactor(),
    newId: () => `c${++ids}`,
    userAgent: 'test',
    fetch: async (url, init) => {
      const { pathname } = new URL(String(url))
      if (JSON.stringify([...new Headers(init?.headers)]).includes('wrong'))
        return Response.json({ error: 'no' }, { status: 401 })
      if (pathname.endsWith('/accounts')) return Response.json({ note: '', owned_accounts: [], accounts: [] })
      if (pathname.endsWith('/all_domains.json')) return Response.json({ domains: [] })
      return Response.json({ error: 'Not Found' }, { status: 404 })
    },
    lookUps: () => ({}) as never,
    now: () => 0,
  })
})
afterEach(() => rmSync(folder, { recursive: true }))

const add = (baseUrl: string, token = 'secret-token') =>
  connections.add({ kind: 'self-hosted', title: 'Home', baseUrl, token, stubZones: '' }, AbortSignal.timeout(60_000))
const codeOf = (added: Promise<unknown>) =>
  added.then(
    () => 'added',
    (error) => error.problem.code,
  )

describe('a connection', () => {
  it.each(['https://dmarc.example.com/', 'https://DMARC.example.com', ' https://dmarc.example.com/v2 '])(
    'is refused the second time, also as "%s"',
    async (again) => {
      await add('https://dmarc.example.com')
      expect(await codeOf(add(again))).toBe('already-connected')
      expect(connections.saved).toHaveLength(1)
    },
  )

  it('is added once where it is asked for twice at the same time', async () => {
    const both = await Promise.all(['https://a.example', 'https://a.example/'].map((url) => codeOf(add(url))))
    expect(both).toEqual(['added', 'already-connected'])
  })

  it('with another token, or to another service, is another one', async () => {
    await add('https://a.example')
    expect(await codeOf(add('https://a.example', 'other-token'))).toBe('added')
    expect(await codeOf(add('https://b.example'))).toBe('added')
  })

  it('is kept only with a token that works and a password store that takes it', async () => {
    expect(await codeOf(add('https://a.example', 'wrong'))).toBe('wrong-token')
    secrets.failure = 'locked'
    expect(await codeOf(add('https://a.example'))).toBe('secret-locked')
    expect([connections.saved, [...secrets.entries]]).toEqual([[], []])
  })
})
