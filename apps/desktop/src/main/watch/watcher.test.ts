import { FakeClock, settle } from '@dmarc-as-code/primitives/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeService } from '../../../test/fake-service.ts'
import { domain } from '../../../test/fixtures.ts'
import type { HistoryEntry } from '../../shared/model.ts'
import { ProblemError } from '../../shared/problems.ts'
import type { Seen } from './last-seen.ts'
import type { LastNotified } from './notifications.ts'
import { Watcher } from './watcher.ts'

let clock: FakeClock
let service: FakeService
let network: boolean
let history: HistoryEntry[]
let lastNotified: LastNotified
let notices: string[]
let seen: ReadonlyMap<string, Seen>

beforeEach(() => {
  clock = new FakeClock()
  service = new FakeService()
  network = true
  history = []
  lastNotified = {}
  notices = []
  seen = new Map()
})

const connection = { id: 'c1', kind: 'self-hosted' as const, title: 'Test', baseUrl: 'https://api.example.com' }

function watcher() {
  return new Watcher({
    clock,
    random: () => 0.5,
    findCname: async () => 'unknown' as const,
    isOnline: () => network,
    open: async () => service,
    history: {
      append: (entries) => history.push(...entries),
      lastStates: () => new Map(history.map((entry) => [entry.domain, entry])),
    },
    lastSeen: {
      read: () => seen,
      write: (next) => {
        seen = next
      },
    },
    lastNotified: {
      read: () => lastNotified,
      write: (next) => {
        lastNotified = next
      },
    },
    notify: (notice) => notices.push(`${notice.kind} ${notice.address}`),
    onChange: () => {},
    onFailure: (error) => {
      throw error
    },
  })
}

describe('Watcher', () => {
  it('notes, tells and shows a change once', async () => {
    service.domains = [domain('a.example', 'attention')]
    const all = watcher()
    await all.add(connection)
    expect(all.tray).toMatchObject({ state: 'attention', count: 1 })
    service.domains = [domain('a.example')]
    await all.checkAll()
    await all.checkAll()
    expect(all.tray.state).toBe('well')
    expect(notices).toEqual(['ready a.example'])
    expect(history.map((entry) => entry.to)).toEqual(['attention', 'ready'])
    all.stop()
  })

  it('repeats nothing after a restart, even one without network', async () => {
    service.domains = [domain('a.example')]
    const first = watcher()
    await first.add(connection)
    first.stop()

    network = false
    const second = watcher()
    await second.add(connection)
    expect(second.tray.state).toBe('offline')
    expect(second.domains).toHaveLength(1)
    service.domains = [domain('a.example', 'attention')]
    network = true
    await clock.advance(5_000)
    await settle()
    expect(notices).toEqual(['broken a.example'])
    expect(history.map((entry) => entry.to)).toEqual(['ready', 'attention'])
    second.stop()
  })

  it('a wake without network is made up for as soon as the network is there', async () => {
    service.domains = [domain('a.example')]
    const all = watcher()
    await all.add(connection)
    await clock.advance(90_000)
    network = false
    await all.checkAll()
    expect(all.tray.state).toBe('offline')
    await clock.advance(1_000)
    network = true
    await clock.advance(5_000)
    await settle()
    expect(service.calls).toEqual(['list', 'list'])
    expect(all.tray.state).toBe('well')
    expect(clock.nextIn).toBeLessThanOrEqual(60_000)
    all.stop()
    expect(clock.timers).toBe(0)
  })

  it('wakes no more than once a minute when all is well, and leaves no timer behind', async () => {
    service.domains = Array.from({ length: 500 }, (_, index) => domain(`d${index}.example`))
    const all = watcher()
    await all.add(connection)
    expect(clock.timers).toBe(2)
    expect(clock.nextIn).toBe(60_000)
    await clock.advance(59 * 60_000)
    expect(service.calls).toEqual(['list'])
    all.stop()
    expect(clock.timers).toBe(0)
  })

  it('a domain that is added with its hosting was never "not hosted", whenever somebody looks', async () => {
    const all = watcher()
    await all.add(connection)
    const { update } = service
    service.update = async (...input) => {
      await all.checkAll()
      return update.apply(service, input)
    }
    const input = { address: 'a.example', parked: false }
    const { key } = await all.watch('c1').create(1, input, { hostedDmarc: true })
    expect(service.calls.filter((call) => call === 'list')).toHaveLength(2)
    expect(history.map(({ domain: of, from, to }) => [of, from, to])).toEqual([[key, null, 'attention']])
    all.stop()
  })

  it('a domain whose hosting is refused, or was not asked for, is there as not hosted', async () => {
    const all = watcher()
    await all.add(connection)
    service.update = async () => {
      throw new ProblemError('refused', 'No.')
    }
    const refused = all.watch('c1').create(1, { address: 'a.example', parked: false }, { hostedDmarc: true })
    await expect(refused).rejects.toThrow('No.')
    await all.watch('c1').create(1, { address: 'b.example', parked: false }, undefined)
    expect(all.domains.map(({ address, state }) => [address, state])).toEqual([
      ['a.example', 'unhosted'],
      ['b.example', 'unhosted'],
    ])
    expect(history.map(({ to }) => to)).toEqual(['unhosted', 'unhosted'])
    all.stop()
  })

  it('a second request to verify joins the first', async () => {
    service.domains = [domain('a.example')]
    const all = watcher()
    await all.add(connection)
    const key = String(service.domains[0]?.key)
    await Promise.all([all.verify(key), all.verify(key)])
    expect(service.calls.filter((call) => call.startsWith('verify'))).toHaveLength(1)
    expect(all.verifying).toEqual([])
    all.stop()
  })

  it('keeps no memory of a sandbox', async () => {
    service.domains = [domain('a.example')]
    const all = watcher()
    await all.add({ ...connection, kind: 'sandbox' })
    expect(seen.size).toBe(0)
    all.remove('c1')
    expect(all.tray.state).toBe('empty')
    all.stop()
  })
})
