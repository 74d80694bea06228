import { memoryAdapter } from '@dmarc-as-code/dns/adapters'
import { beforeEach, describe, expect, it } from 'vitest'
import { InMemorySecretStore } from '../../../test/memory-secrets.ts'
import { ProblemError } from '../../shared/problems.ts'
import { CredentialSettings } from './credential-settings.ts'
import { CredentialStore, type DnsAccess } from './credential-store.ts'

const tsig = { server: 'ns1.a.example', port: '', keyName: 'watch', algorithm: 'hmac-sha256', secret: 'canary==' }

let saved: DnsAccess
let secrets: InMemorySecretStore
let access: CredentialStore
let settings: CredentialSettings
let changes: number
let closed: number

beforeEach(async () => {
  saved = {}
  secrets = new InMemorySecretStore()
  changes = 0
  closed = 0
  access = new CredentialStore({
    secrets,
    load: () => saved,
    save: (next) => {
      saved = next
    },
    onSecret: () => {},
  })
  await access.remember('b.example', { method: 'cloudflare', values: { apiToken: 'canary-token' } })
  await access.remember('a.example', { method: 'rfc2136', values: tsig })
  settings = new CredentialSettings({
    access,
    openAdapter: async ({ values }) => {
      if (values.apiToken === 'wrong') throw new ProblemError('dns-credentials-refused', 'Wrong token.')
      const adapter = memoryAdapter({ zones: { [values.apiToken === 'other' ? 'c.example' : 'b.example']: [] } })
      return { ...adapter, close: async () => void closed++ }
    },
    onChange: () => void changes++,
  })
})

const states = () => settings.view.map(({ zone, state }) => [zone, state])

describe('the kept credentials', () => {
  it('are listed without asking the store, then with what is no secret', async () => {
    expect(settings.view).toEqual([
      {
        zone: 'a.example',
        method: 'rfc2136',
        serviceTitle: 'Your own server (dynamic update, RFC 2136)',
        state: 'unread',
        details: [],
      },
      { zone: 'b.example', method: 'cloudflare', serviceTitle: 'Cloudflare', state: 'unread', details: [] },
    ])
    await settings.read()
    expect(settings.view[0]).toMatchObject({
      state: 'stored',
      details: [
        { label: 'Primary server', value: 'ns1.a.example' },
        { label: 'Key name', value: 'watch' },
        { label: 'Algorithm', value: 'hmac-sha256' },
      ],
    })
    expect(settings.view[1]).toMatchObject({ state: 'stored', details: [] })
    expect(JSON.stringify(settings.view)).not.toContain('canary')
    expect(changes).toBe(1)
  })

  it('that are gone differ from foreign ones', async () => {
    secrets.entries.delete('dns:a.example')
    secrets.entries.set('dns:b.example', '["not ours"]')
    await settings.read()
    expect(states()).toEqual([
      ['a.example', 'empty'],
      ['b.example', 'damaged'],
    ])
    expect(await access.of('b.example')).toBeUndefined()
  })

  it.each(['locked', 'unavailable'] as const)(
    'in a store that is %s are asked for once, and again when it answers',
    async (failure) => {
      await settings.read()
      secrets.failure = failure
      let reads = 0
      const { read } = secrets
      secrets.read = (name) => {
        reads++
        return read.call(secrets, name)
      }
      await settings.read()
      expect([reads, states()]).toEqual([
        1,
        [
          ['a.example', failure],
          ['b.example', failure],
        ],
      ])
      // What was known stays known.
      expect(settings.view[0]?.details[0]?.value).toBe('ns1.a.example')
      secrets.failure = undefined
      await settings.storeAnswered()
      expect(states()).toEqual([
        ['a.example', 'stored'],
        ['b.example', 'stored'],
      ])
      await settings.storeAnswered()
      expect(reads).toBe(3)
    },
  )

  it('are removed from the store and from the settings', async () => {
    await settings.remove('b.example')
    expect([...secrets.entries.keys()]).toEqual(['dns:a.example'])
    expect(Object.keys(saved)).toEqual(['a.example'])
    expect(await access.of('b.example')).toBeUndefined()
    expect(await access.others('cloudflare', 'c.example')).toEqual([])
  })

  it('fails to remove, and keeps them in the list, while the store is locked', async () => {
    secrets.failure = 'locked'
    await expect(settings.remove('b.example')).rejects.toMatchObject({ problem: { code: 'secret-locked' } })
    expect(settings.view).toHaveLength(2)
  })

  it('are replaced by others that open the zone', async () => {
    await settings.replace('b.example', { method: 'cloudflare', values: { apiToken: 'right' } })
    expect(await access.of('b.example')).toEqual({ method: 'cloudflare', values: { apiToken: 'right' } })
    expect(settings.view[1]?.state).toBe('stored')
    expect(closed).toBe(1)
  })

  it('fails to replace them by others that do not, and keeps the old ones', async () => {
    for (const apiToken of ['wrong', 'other']) {
      await expect(settings.replace('b.example', { method: 'cloudflare', values: { apiToken } })).rejects.toMatchObject(
        {
          problem: { code: 'dns-credentials-refused' },
        },
      )
    }
    expect(closed).toBe(1)
    await expect(settings.replace('d.example', { method: 'cloudflare', values: {} })).rejects.toMatchObject({
      problem: { code: 'bad-request' },
    })
    expect(await access.of('b.example')).toMatchObject({ values: { apiToken: 'canary-token' } })
    secrets.failure = 'locked'
    await expect(
      settings.replace('b.example', { method: 'cloudflare', values: { apiToken: 'right' } }),
    ).rejects.toMatchObject({ problem: { code: 'secret-locked' } })
  })
})
