import { FakeClock } from '@dmarc-as-code/primitives/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import type { ConnectionView, DomainSummary } from '../../shared/model.ts'
import type { ReportAlert } from '../../shared/report-alert.ts'
import type { EvidenceLevel } from '../../shared/reports.ts'
import type { KeptEvidence } from './evidence-file.ts'
import { EvidenceWatch } from './evidence-watch.ts'

const hour = 3_600_000

let clock: FakeClock
let domains: DomainSummary[]
let connection: ConnectionView
let asked: string[]
let failing: string[]
let blockers: EvidenceLevel['blockers']
let kept: ReadonlyMap<string, KeptEvidence>
let alerts: string[]
let failures: number

beforeEach(() => {
  clock = new FakeClock()
  domains = [domain('a.example', 'ready', { policy: 'none' }), domain('b.example', 'ready', { policy: 'quarantine' })]
  connection = {
    id: 'c1',
    kind: 'self-hosted',
    title: 'T',
    baseUrl: 'https://x',
    online: true,
    extensions: ['reports'],
  }
  asked = []
  failing = []
  blockers = [{ code: 'time-too-short', about: [] }]
  kept = new Map()
  alerts = []
  failures = 0
})

const level = (target: EvidenceLevel['target']): EvidenceLevel => ({
  target,
  ready: blockers.length === 0,
  parked: false,
  blockers,
  numbers: null,
  nextRecord: null,
})

function watch(): EvidenceWatch {
  const created = new EvidenceWatch({
    clock,
    domains: () => domains,
    connections: () => [connection],
    ask: async ({ address }, target) => {
      asked.push(`${address} ${target}`)
      if (failing.includes(address)) throw new Error('no answer')
      return level(target)
    },
    file: {
      read: () => new Map(kept),
      write: (next) => {
        kept = new Map(next)
      },
    },
    onAlerts: ({ address }, found: readonly ReportAlert[]) =>
      void alerts.push(...found.map(({ kind, names }) => [address, kind, ...names].join(' '))),
    onChange: () => created.look(),
    onFailure: () => {
      failures++
    },
  })
  created.look()
  return created
}

describe('the watch over evidence', () => {
  it('asks for the next policy of one domain at a time, and again after hours', async () => {
    watch()
    await clock.advance(1)
    expect(asked).toEqual(['a.example quarantine'])
    await clock.advance(3_000)
    expect(asked).toEqual(['a.example quarantine', 'b.example reject'])
    await clock.advance(5 * hour)
    expect(asked).toHaveLength(2)
    await clock.advance(hour)
    expect(asked).toHaveLength(4)
  })

  it('asks no service that receives no reports or does not answer, and about no domain whose policy is not known', async () => {
    domains = [domain('a.example', 'attention')]
    watch()
    connection = { ...connection, extensions: [] }
    domains = [domain('b.example', 'ready', { policy: 'none' })]
    watch()
    connection = { ...connection, extensions: ['reports'], online: false }
    watch()
    await clock.advance(10 * hour)
    expect(asked).toEqual([])
  })

  it('asks at once when a domain has moved to another policy', async () => {
    const all = watch()
    await clock.advance(10_000)
    domains = [domain('a.example', 'ready', { policy: 'quarantine' })]
    all.look()
    await clock.advance(10_000)
    expect(asked).toEqual(['a.example quarantine', 'b.example reject', 'a.example reject'])
  })

  it('goes on with the others where one domain fails, and asks about it again after an hour', async () => {
    failing = ['a.example']
    watch()
    await clock.advance(10_000)
    expect([asked, failures]).toEqual([['a.example quarantine', 'b.example reject'], 1])
    failing = []
    await clock.advance(hour)
    expect(asked.at(-1)).toBe('a.example quarantine')
    await clock.advance(hour)
    expect(asked).toHaveLength(3)
  })

  it('alerts about what is new once, also over a restart', async () => {
    const first = watch()
    await clock.advance(10_000)
    expect(alerts).toEqual([])
    blockers = [{ code: 'candidates-unanswered', about: ['domain:crm.example.net'] }]
    await clock.advance(6 * hour)
    const told = ['a.example new-sender crm.example.net', 'b.example new-sender crm.example.net']
    expect(alerts).toEqual(told)
    first.stop()
    watch()
    await clock.advance(7 * hour)
    expect(alerts).toEqual(told)
    blockers = []
    await clock.advance(7 * hour)
    expect(alerts.slice(2)).toEqual(['a.example can-move quarantine', 'b.example can-move reject'])
  })

  it('does not ask for what the Reports tab has just read', async () => {
    const all = watch()
    blockers = []
    for (const each of domains) all.take(each, [level('quarantine'), level('reject')])
    await clock.advance(hour)
    expect(asked).toEqual([])
    expect(all.mark(domains).map(({ evidence }) => evidence?.ready)).toEqual([true, true])
  })

  it('shows the same domain as the same object until its evidence changes', async () => {
    const all = watch()
    await clock.advance(10_000)
    const before = all.mark(domains)
    await clock.advance(7 * hour)
    expect(all.mark(domains).every((each, index) => each === before[index])).toBe(true)
    blockers = []
    await clock.advance(7 * hour)
    expect(all.mark(domains)[0]).not.toBe(before[0])
  })

  it('keeps nothing of domains that are gone, nor of the sandbox', async () => {
    const all = watch()
    await clock.advance(10_000)
    expect(kept.size).toBe(2)
    domains = domains.slice(0, 1)
    all.take(domains[0] as DomainSummary, [level('quarantine')])
    all.look()
    expect(kept.size).toBe(1)
    connection = { ...connection, kind: 'sandbox' }
    all.take(domains[0] as DomainSummary, [level('quarantine')])
    all.stop()
    expect(kept.size).toBe(0)
  })
})
