import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { openStore, type Store } from './open-store.ts'
import { claimDue, nextDue, schedule, scheduleBy, settle, unschedule } from './work.ts'

const now = 1_800_000_000_000
const lease = 60_000

describeEngines('leased work', (fresh) => {
  let store: Store
  beforeEach(async () => {
    store = await openStore(await fresh())
  })
  afterEach(() => store.close())

  const claim = (at = now, limit = 10) => claimDue(store, 'verify', { owner: 'me', now: at, lease, limit })
  const subjects = async (at = now, limit = 10) => (await claim(at, limit)).map(({ subject }) => subject).sort()

  it('is claimed when due, not before, and only of its own kind', async () => {
    await schedule(store.db, 'verify', 'soon', now + 1)
    await schedule(store.db, 'verify', 'due', now)
    await schedule(store.db, 'publish', 'other', now)
    expect(await subjects()).toEqual(['due'])
    expect(await subjects(now + 1)).toEqual(['soon'])
  })

  it('is claimed by exactly one of several concurrent workers', async () => {
    for (let index = 0; index < 20; index++) await schedule(store.db, 'verify', String(index), now)
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(now, 5)))
    const taken = claims.flat().map(({ subject }) => subject)
    expect(new Set(taken).size).toBe(taken.length)
    expect(taken.length).toBeLessThanOrEqual(20)
    expect(claims.every((some) => some.length <= 5)).toBe(true)
  })

  it('scheduled by a time is due no later than that and keeps an earlier time', async () => {
    await scheduleBy(store.db, 'verify', 'a', now + 10)
    expect(await nextDue(store.db, 'verify')).toBe(now + 10)
    await scheduleBy(store.db, 'verify', 'a', now + 20)
    expect(await nextDue(store.db, 'verify')).toBe(now + 10)
    await scheduleBy(store.db, 'verify', 'a', now)
    expect(await nextDue(store.db, 'verify')).toBe(now)
    const [work] = await claim()
    await scheduleBy(store.db, 'verify', 'a', now + 30)
    if (work) await settle(store.db, work, { at: now + 999, attempt: 1 })
    expect(await nextDue(store.db, 'verify')).toBe(now + 30)
  })

  it('of a dead worker can be claimed again when its lease ends', async () => {
    await schedule(store.db, 'verify', 'a', now)
    await claim()
    expect(await subjects(now + lease - 1)).toEqual([])
    expect(await nextDue(store.db, 'verify')).toBe(now + lease)
    expect(await subjects(now + lease)).toEqual(['a'])
  })

  it('is due again at the settled time, or never', async () => {
    await schedule(store.db, 'verify', 'a', now)
    const [first] = await claim()
    if (!first) throw new Error('nothing was claimed')
    await settle(store.db, first, { at: now + 500, attempt: 3 })
    expect(await nextDue(store.db, 'verify')).toBe(now + 500)
    const [second] = await claim(now + 500)
    expect(second).toMatchObject({ subject: 'a', attempt: 3 })
    if (second) await settle(store.db, second, { at: null, attempt: 0 })
    expect(await nextDue(store.db, 'verify')).toBeUndefined()
  })

  it('scheduled again while in progress is repeated', async () => {
    await schedule(store.db, 'verify', 'a', now)
    const [claimed] = await claim()
    await schedule(store.db, 'verify', 'a', now)
    if (claimed) await settle(store.db, claimed, { at: null, attempt: 0 })
    expect(await subjects()).toEqual(['a'])
  })

  it('can be cancelled', async () => {
    await schedule(store.db, 'verify', 'a', now)
    await unschedule(store.db, 'verify', 'a')
    expect(await subjects()).toEqual([])
  })
})
