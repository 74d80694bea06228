import { FakeClock, settle } from '@dmarc-as-code/primitives/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeService } from '../../../test/fake-service.ts'
import { domain } from '../../../test/fixtures.ts'
import { ProblemError } from '../../shared/problems.ts'
import { ConnectionWatch, isLoopback } from './connection-watch.ts'

let clock: FakeClock
let service: FakeService
let network: boolean
beforeEach(() => {
  clock = new FakeClock()
  service = new FakeService()
  network = true
})

function watch(
  more: {
    baseUrl?: string
    lastSeen?: ConstructorParameters<typeof ConnectionWatch>[0]['lastSeen']
    onFailure?: (error: unknown) => void
    onChange?: () => void
  } = {},
) {
  return new ConnectionWatch({
    connection: { id: 'c1', kind: 'self-hosted', title: 'Test', baseUrl: more.baseUrl ?? 'https://api.example.com' },
    open: async () => service,
    clock,
    random: () => 0.5,
    findCname: async () => 'unknown' as const,
    isOnline: () => network,
    lastSeen: more.lastSeen,
    onChange: more.onChange ?? (() => {}),
    onFailure: more.onFailure ?? (() => {}),
  })
}

describe('ConnectionWatch', () => {
  it('stays connected with a token that may only read, and says so', async () => {
    service.domains = [domain('a.example', 'attention'), domain('b.example', 'attention')]
    service.verifyFailures.set('a.example', new ProblemError('not-allowed', 'read-only'))
    const connection = watch()
    await connection.check()
    expect(connection.view.problem).toBeUndefined()
    expect(connection.view.limited).toMatchObject({ code: 'not-allowed' })
    expect(connection.domains).toHaveLength(2)
    // Every other domain would be refused in the same way.
    expect(service.calls).toEqual(['list', 'verify a.example'])
    service.verifyFailures.clear()
    await clock.advance(10_000)
    expect(connection.view.limited).toBeUndefined()
  })

  it.each(['server-error', 'unexpected', 'not-found', 'refused'] as const)(
    'verifies the other domains when one fails with %s',
    async (code) => {
      service.domains = [domain('a.example', 'attention'), domain('b.example', 'attention')]
      service.verifyFailures.set('a.example', new ProblemError(code, 'odd'))
      const connection = watch()
      await connection.check()
      expect(connection.view.problem).toBeUndefined()
      expect(service.calls).toEqual(['list', 'verify a.example', 'verify b.example'])
    },
  )

  it('asks once an hour, with one list call, when all is well', async () => {
    service.domains = [domain('a.example'), domain('b.example', 'unhosted')]
    await watch().check()
    expect(clock.nextIn).toBe(60 * 60_000)
    await clock.advance(3 * 60 * 60_000)
    expect(service.calls).toEqual(['list', 'list', 'list', 'list'])
  })

  it('looks closely and often while something is unfinished, then stops', async () => {
    service.domains = [domain('a.example', 'attention')]
    await watch().check()
    expect(service.calls).toEqual(['list', 'verify a.example'])
    expect(clock.nextIn).toBe(10_000)
    service.domains = [domain('a.example')]
    await clock.advance(10_000)
    expect(clock.nextIn).toBe(60 * 60_000)
  })

  it('limits a round to twenty verifications and takes the others next time', async () => {
    service.domains = Array.from({ length: 30 }, (_, index) => domain(`d${index}.example`, 'attention'))
    await watch().check()
    expect(service.calls.filter((call) => call.startsWith('verify'))).toHaveLength(20)
    await clock.advance(10_000)
    expect(new Set(service.calls.filter((call) => call.startsWith('verify'))).size).toBe(30)
  })

  it('reports that the service fails once, and again when it fails in another way', async () => {
    const failures: unknown[] = []
    const connection = watch({ onFailure: (error) => failures.push(error) })
    service.failure = new ProblemError('server-unreachable', 'api.example.com')
    await connection.check()
    await connection.check()
    service.failure = new ProblemError('server-error', 'status 500')
    await connection.check()
    expect(failures).toMatchObject([{ problem: { code: 'server-unreachable' } }, { problem: { code: 'server-error' } }])
    service.failure = undefined
  })

  it('keeps the last known domains and backs off while the service is down, and recovers', async () => {
    service.domains = [domain('a.example')]
    const watched = watch()
    await watched.check()
    service.failure = new ProblemError('server-unreachable', 'api.example.com')
    await watched.check()
    expect(watched.view.problem?.code).toBe('server-unreachable')
    expect(watched.domains).toHaveLength(1)
    expect(clock.nextIn).toBe(5_000)
    await clock.advance(5_000)
    expect(clock.nextIn).toBe(10_000)
    service.failure = undefined
    await clock.advance(10_000)
    expect(watched.view.problem).toBeUndefined()
  })

  it('does not ask again by itself for what only a person can give', async () => {
    service.failure = new ProblemError('secret-locked')
    const watched = watch()
    await watched.check()
    expect(clock.timers).toBe(0)
    service.failure = undefined
    await watched.check()
    expect(clock.timers).toBe(1)
  })

  it('looks by itself for a password store that is not there', async () => {
    service.failure = new ProblemError('secret-unavailable')
    const watched = watch()
    await watched.check()
    expect(clock.nextIn).toBe(5_000)
    service.failure = undefined
    await clock.advance(5_000)
    expect(watched.view.problem).toBeUndefined()
  })

  it('waits as long as the service asks', async () => {
    service.failure = new ProblemError('rate-limited', '', { retryAfter: 42_000 })
    await watch().check()
    expect(clock.nextIn).toBe(42_000)
  })

  it('pauses offline, showing the last known state, and looks at once when the network is back', async () => {
    network = false
    const watched = watch({ lastSeen: { accounts: [], domains: [domain('a.example')] } })
    await watched.check()
    expect(watched.view).toMatchObject({ online: false, problem: { code: 'offline' } })
    expect(watched.domains).toHaveLength(1)
    expect([service.calls, clock.timers]).toEqual([[], 0])
    network = true
    await watched.check()
    expect(watched.view).toMatchObject({ online: true })
    expect(watched.view.problem).toBeUndefined()
  })

  it('needs no network for a service on this computer', async () => {
    network = false
    await watch({ baseUrl: 'http://127.0.0.1:8080' }).check()
    expect(service.calls).toEqual(['list'])
  })

  it('verifies on demand, at most every ten seconds', async () => {
    const target = domain('a.example')
    service.domains = [target]
    const watched = watch()
    await watched.check()
    await watched.verify(target.key)
    await expect(watched.verify(target.key)).rejects.toMatchObject({ problem: { code: 'too-soon' } })
    await clock.advance(10_000)
    await watched.verify(target.key)
    await expect(watched.verify('nobody')).rejects.toMatchObject({ problem: { code: 'not-found' } })
  })

  it('one domain that cannot be verified does not hide the others', async () => {
    service.domains = [domain('a.example', 'attention'), domain('b.example', 'attention')]
    service.verifyFailures.set('a.example', new ProblemError('not-found'))
    const watched = watch()
    await watched.check()
    expect(service.calls).toContain('verify b.example')
    expect(watched.view.problem).toBeUndefined()
  })

  describe('while a round is under way', () => {
    /** Holds the list that is requested next until it is released. */
    const holdList = () => {
      const { list } = service
      const released = Promise.withResolvers<void>()
      service.list = async () => {
        service.list = list
        const answer = await list.call(service)
        await released.promise
        return answer
      }
      return released.resolve
    }

    it('a person who asks gets an answer that was requested after that, and several get the same one', async () => {
      service.domains = [domain('a.example')]
      const watched = watch()
      const release = holdList()
      const round = watched.check()
      await settle()
      service.failure = new ProblemError('server-error', 'status 500')
      const asked = [watched.checkAnew(), watched.checkAnew()]
      release()
      await round
      await Promise.all(asked)
      expect(watched.view.problem).toMatchObject({ code: 'server-error' })
      expect(service.calls).toEqual(['list', 'list'])
    })

    it('the verifications that remain wait for the list that a person asks for', async () => {
      service.domains = [domain('a.example', 'attention'), domain('b.example', 'attention')]
      const watched = watch()
      const release = holdList()
      const round = watched.check()
      await settle()
      const asked = watched.checkAnew()
      release()
      await Promise.all([round, asked])
      expect(service.calls).toEqual(['list', 'list', 'verify a.example', 'verify b.example'])
    })

    it('a new token is used for the next answer, not the one before', async () => {
      let token = 'old'
      const watched = new ConnectionWatch({
        connection: { id: 'c1', kind: 'self-hosted', title: 'Test', baseUrl: 'https://api.example.com' },
        open: async () => {
          if (token === 'old') throw new ProblemError('wrong-token')
          return service
        },
        clock,
        random: () => 0.5,
        findCname: async () => 'unknown' as const,
        isOnline: () => true,
        lastSeen: undefined,
        onChange: () => {},
        onFailure: () => {},
      })
      const round = watched.check()
      token = 'new'
      await Promise.all([round, watched.reopen()])
      expect(watched.view.problem).toBeUndefined()
      watched.stop()
    })

    it('a change is not taken back by a list that was requested before it', async () => {
      const before = domain('a.example')
      service.domains = [before]
      const watched = watch()
      await watched.check()
      const release = holdList()
      const round = watched.check()
      await settle()
      service.update = async () => domain('a.example', 'unhosted')
      await watched.change(before, { hostedDmarc: false }, { cnamesRemoved: true })
      release()
      await round
      expect(watched.domains.map(({ state }) => state)).toEqual(['unhosted'])
    })

    it('a domain that is turned off with its CNAME never counts as one with a CNAME left behind', async () => {
      const before = domain('a.example')
      service.domains = [before]
      const states: string[] = []
      const watched = watch({ onChange: () => states.push(String(watched.domains[0]?.state)) })
      await watched.check()
      service.update = async () => {
        // The service has done it, and a round comes before its answer.
        service.domains = [domain('a.example', 'unhosted')]
        await watched.check()
        return domain('a.example', 'unhosted')
      }
      await watched.change(before, { hostedDmarc: false }, { cnamesRemoved: true })
      expect(states).not.toContain('attention')
      expect(states.at(-1)).toBe('unhosted')
    })
  })

  it('leaves no timer behind', async () => {
    const watched = watch()
    await watched.check()
    watched.stop()
    await settle()
    expect(clock.timers).toBe(0)
  })
})

it('isLoopback accepts loopback names and addresses only', () => {
  expect(['http://127.0.0.1:1', 'http://localhost', 'http://[::1]:80/'].every(isLoopback)).toBe(true)
  expect(['https://api.example.com', 'http://127.0.0.1.example.com'].some(isLoopback)).toBe(false)
})
