import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { openStore, type Store } from './open-store.ts'
import {
  type Claim,
  claimDue,
  LeaseLostError,
  nextDue,
  renewLease,
  schedule,
  scheduleBy,
  scheduleOnce,
  settle,
  unschedule,
} from './work.ts'

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

  it('is due again at a whole millisecond, whatever the time was computed from', async () => {
    await schedule(store.db, 'verify', 'a', now)
    const [work] = await claim()
    if (work) expect(await settle(store.db, work, { at: now + 0.7, attempt: 1 })).toBe(true)
    expect(await subjects(now + 1)).toEqual(['a'])
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

  it('is due at the next whole millisecond after a delay that was chosen at random', async () => {
    for (const plan of [schedule, scheduleBy, scheduleOnce]) {
      await plan(store.db, 'verify', 'a', now + 0.25)
      expect(await nextDue(store.db, 'verify')).toBe(now + 1)
    }
    const [work] = await claim(now + 1)
    expect(work && (await settle(store.db, work, { at: now + 7.5, attempt: 1 }))).toBe(true)
    expect(await nextDue(store.db, 'verify')).toBe(now + 8)
  })

  it('of a dead worker can be claimed again when its lease ends by the clock of the database', async () => {
    await schedule(store.db, 'verify', 'a', now)
    const brief = () => claimDue(store, 'verify', { owner: 'me', now, lease: 300, limit: 1 })
    await brief()
    expect(await subjects(now + 10 * lease)).toEqual([])
    expect(await nextDue(store.db, 'verify')).toBeUndefined()
    await expect.poll(() => subjects()).toEqual(['a'])
  })

  it('cannot be settled or renewed by a worker that has lost its lease', async () => {
    await schedule(store.db, 'publish', 'a', now)
    const brief = (ms: number) => claimDue(store, 'publish', { owner: 'me', now, lease: ms, limit: 1 })
    const [late] = await brief(1)
    if (!late) throw new Error('nothing was claimed')
    const claims: Claim[] = []
    await expect.poll(async () => claims.push(...(await brief(lease)))).toBe(1)
    const [current = late] = claims
    expect(current.token).not.toBe(late.token)
    await expect(renewLease(store, late, lease)).rejects.toThrow(LeaseLostError)
    expect(await settle(store.db, late, { at: null, attempt: 0 })).toBe(false)
    expect(await settle(store.db, late, { at: now + 1, attempt: 5 })).toBe(false)
    await renewLease(store, current, lease)
    expect(await settle(store.db, current, { at: null, attempt: 0 })).toBe(true)
    await expect(renewLease(store, current, lease)).rejects.toThrow(LeaseLostError)
  })

  it('cannot be renewed after its lease has ended, even when no other worker has claimed it', async () => {
    await schedule(store.db, 'publish', 'a', now)
    const [claimed] = await claimDue(store, 'publish', { owner: 'me', now, lease: 1, limit: 1 })
    if (!claimed) throw new Error('nothing was claimed')
    await expect
      .poll(() =>
        renewLease(store, claimed, 1).then(
          () => 'renewed',
          (error) => error.constructor,
        ),
      )
      .toBe(LeaseLostError)
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
