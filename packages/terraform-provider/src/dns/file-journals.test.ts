import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Journal } from '@dmarc-as-code/dns/apply'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AdapterPool } from './adapter-pool.ts'
import { FileJournals } from './file-journals.ts'

const scope = { workspace: 'default', folder: '/module' }
const name = '_dmarc.shop.test'
const journal = {
  version: 1,
  id: 'run',
  service: 'rfc2136',
  startedAt: '2026-01-01T00:00:00.000Z',
  state: 'applying',
  entries: [{ zone: { id: 'shop.test', name: 'shop.test' }, name, before: [], after: [], adopted: false }],
} as unknown as Journal

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'journals-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

describe('journals of DNS changes', () => {
  it('give the next process what a run that died has changed', async () => {
    const path = await folder()
    await new FileJournals(path, scope).store('server a', 'one', []).save(journal)
    const found = await new FileJournals(path, scope).recover('server a', [name])
    expect([...found.keys()]).toEqual([name])
  })

  it('are no proof for another DNS service, workspace or root module', async () => {
    const path = await folder()
    await new FileJournals(path, scope).store('server a', 'one', []).save(journal)
    const others = [
      new FileJournals(path, scope).recover('server b', [name]),
      new FileJournals(path, { ...scope, workspace: 'staging' }).recover('server a', [name]),
      new FileJournals(path, { ...scope, folder: '/other' }).recover('server a', [name]),
    ]
    for (const found of await Promise.all(others)) expect([...found]).toEqual([])
  })

  it('go when Terraform has the results, but for those of changes that were not finished', async () => {
    const path = await folder()
    const journals = new FileJournals(path, scope)
    await journals.store('server a', 'done', []).save(journal)
    await journals.store('server a', 'failed', []).save(journal)
    journals.finished('server a', 'done')
    await journals.settled()
    expect(await readdir(path)).toEqual([expect.stringMatching(/-failed\.json$/)])
  })
})

describe('the target of a DNS service', () => {
  const target = (env: NodeJS.ProcessEnv, settings: object = {}) =>
    new AdapterPool({ services: {}, env }).target('rfc2136', settings as never)

  it('differs with the server, wherever that is set, and not with the secret', () => {
    const a = target({ DNS_UPDATE_SERVER: '192.0.2.1', DNS_UPDATE_KEYSECRET: 'one' })
    expect(target({ DNS_UPDATE_KEYSECRET: 'canary' }, { server: '192.0.2.1' })).toBe(a)
    expect(target({ DNS_UPDATE_SERVER: '192.0.2.2' })).not.toBe(a)
    expect(target({ DNS_UPDATE_KEYSECRET: 'canary' })).not.toContain('canary')
  })
})
