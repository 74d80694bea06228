import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noticeAlerts, noticeOverdue } from '../src/reports/alerts.ts'
import { type PlayOptions, playReports } from '../src/sandbox/play-reports.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

// Starting the thread that reads takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const day = 86_400_000

describe('notices about reports', () => {
  let server: TestServer
  let domainId: number
  const now = Date.now()
  beforeEach(async () => {
    server = await startTestServer()
    const domain = { address: 'example.test', rua_report: true, ruf_report: true }
    const created = await server.call('POST', `/v2/accounts/${server.owner.accountId}/domains.json`, { domain })
    domainId = created.body.id
  })
  afterEach(() => server?.close())

  const play = (options: Partial<PlayOptions> = {}) =>
    playReports(server.store, server.owner.accountId, () => now, { domain: 'example.test', ...options })
  async function notices() {
    const rows = await server.store.db.selectFrom('notices').select(['kind', 'facts']).orderBy('id').execute()
    return rows.map(({ kind, facts }) => ({ kind, ...JSON.parse(facts) }))
  }

  it('name each new candidate once, and of many only a few at one time', async () => {
    const services = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`s${index}.example`, { messages: 9 }]))
    await play({ services: { ...services, 'largest.example': { messages: 90 } } })
    await noticeAlerts(server.store, domainId, now)
    expect(await notices()).toHaveLength(3)
    expect(await notices()).toContainEqual(
      expect.objectContaining({ kind: 'new_candidate', source: 'largest.example' }),
    )
    for (let look = 0; look < 4; look++) await noticeAlerts(server.store, domainId, now + look * day)
    const names = (await notices()).map(({ source }) => source)
    expect(names).toHaveLength(9)
    expect(new Set(names).size).toBe(9)
  })

  it('name a new own source, though none is new at the beginning, and nothing else of a quiet month', async () => {
    await play({ days: 10 })
    await noticeAlerts(server.store, domainId, now)
    expect(await notices()).toEqual([])
    await play({ days: 40, until: 8, reporters: ['receiver.example', 'mailbox.example'] })
    await play({ days: 7, own: { messages: 60, address: '192.0.9.1' } })
    await noticeAlerts(server.store, domainId, now)
    expect(await notices()).toMatchObject([{ kind: 'new_own_source', source: '192.0.9.0/24' }])
  })

  it('say that mail of an own source fails, and what to do', async () => {
    await play({ own: { messages: 60, dkim: 80, spf: 80 } })
    await noticeAlerts(server.store, domainId, now)
    await noticeAlerts(server.store, domainId, now + day)
    const found = await notices()
    expect(found).toMatchObject([{ kind: 'own_source_fails', source: '192.0.2.0/24', rate: 80 }])
    expect(found[0].next).toHaveLength(1)
  })

  it('say once that reports are overdue, and nothing where a spoofer floods', async () => {
    await play({ spoofer: { messages: 9000, networks: 50 } })
    await noticeAlerts(server.store, domainId, now)
    await noticeOverdue(server.store, now + 2 * day)
    expect(await notices()).toEqual([])
    for (const days of [4, 5, 6]) await noticeOverdue(server.store, now + days * day)
    expect(await notices()).toEqual([{ kind: 'reports_overdue', days: 4 }])
  })
})
