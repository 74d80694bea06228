import { FakeClock, settle } from '@dmarc-as-code/primitives/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import type { PostponedEnd } from '../activity/activity.ts'
import type { CnameLookup } from '../watch/dangling.ts'
import { HostingEnds } from './hosting-ends.ts'

const leaving = domain('a.example')
const name = '_dmarc.a.example'
const target = 'key.dmarc.hosted.example'

let clock: FakeClock
let postponed: { id: string; end: PostponedEnd }[]
let ended: string[]
let found: CnameLookup
let failures: unknown[]
let fails: boolean
beforeEach(() => {
  clock = new FakeClock()
  postponed = []
  ended = []
  found = undefined
  failures = []
  fails = false
})

function ends({ isUndoing = false } = {}): HostingEnds {
  const cancel = (id: string) => {
    postponed = postponed.filter((each) => each.id !== id)
  }
  return new HostingEnds({
    activity: {
      get postponed() {
        return postponed
      },
      isUndoing: () => isUndoing,
      cancelPostponed: cancel,
    },
    clock,
    end: async (id, { key }) => {
      if (fails) throw new Error('the service is away')
      ended.push(`${key} ${(clock.now() - begun) / 1000}`)
      cancel(id)
    },
    findCname: async () => found,
    onFailure: (error) => failures.push(error),
  })
}

let begun = 0
function postpone(seconds: number, id = 'a1'): void {
  begun = clock.now()
  const until = new Date(begun + seconds * 1000).toISOString()
  postponed.push({
    id,
    end: { until, connectionId: 'c1', key: leaving.key, part: 'dmarc', cnames: [{ name, target }] },
  })
}

async function pass(seconds: number): Promise<void> {
  await clock.advance(seconds * 1000)
  await settle()
}

describe('hosting that ends when resolvers have forgotten the CNAME', () => {
  it('ends then, and not before', async () => {
    postpone(300)
    ends().schedule()
    await pass(299)
    expect(ended).toEqual([])
    await pass(1)
    expect(ended).toEqual([`${leaving.key} 300`])
    expect([postponed, clock.timers]).toEqual([[], 0])
  })

  it('ends at the next start where the app did not run at that time', async () => {
    postpone(300)
    await pass(4_000)
    ends().schedule()
    await pass(0)
    expect(ended).toEqual([`${leaving.key} 4000`])
  })

  it('waits longer than a timer of an hour', async () => {
    postpone(86_400)
    ends().schedule()
    await pass(86_399)
    expect(ended).toEqual([])
    await pass(1)
    expect(ended).toHaveLength(1)
  })

  it('goes on where the CNAME is in place again', async () => {
    postpone(300)
    found = `${target.toUpperCase()}.`
    ends().schedule()
    await pass(300)
    expect([ended, postponed]).toEqual([[], []])
  })

  it('does not end on a look-up that failed, and is tried again', async () => {
    postpone(300)
    found = 'unknown'
    ends().schedule()
    await pass(300)
    expect([ended, failures]).toEqual([[], [expect.any(Error)]])
    found = undefined
    await pass(300)
    expect(ended).toEqual([`${leaving.key} 600`])
  })

  it('is tried again when the service does not answer', async () => {
    postpone(300)
    fails = true
    ends().schedule()
    await pass(300)
    expect(failures).toHaveLength(1)
    fails = false
    await pass(299)
    expect(ended).toEqual([])
    await pass(1)
    expect(ended).toHaveLength(1)
  })

  it('does not end while it is being undone', async () => {
    postpone(300)
    const running = ends({ isUndoing: true })
    running.schedule()
    await pass(300)
    running.stop()
    expect(ended).toEqual([])
    expect(clock.timers).toBe(0)
  })

  it('shows the domain as in progress until then, not as in need of action', () => {
    postpone(300)
    const missing = domain('a.example', 'attention')
    const [marked, other] = ends().mark([missing, domain('b.example', 'attention')])
    expect(marked).toMatchObject({ state: 'working', records: [{ state: 'working' }] })
    expect(other?.state).toBe('attention')
  })
})
