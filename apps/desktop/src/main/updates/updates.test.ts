import { FakeClock, settle } from '@dmarc-as-code/primitives/testing'
import { describe, expect, it } from 'vitest'
import { UpdateRefused } from './release-signature.ts'
import { type UpdateInstaller, Updates } from './updates.ts'

const hour = 60 * 60_000

function setUp(fetchNewer: UpdateInstaller['fetchNewer'], install: () => void = () => {}) {
  const clock = new FakeClock()
  const counts = { looks: 0, installs: 0 }
  const updates = new Updates({
    open: async () => ({
      onQuit: false,
      fetchNewer: () => {
        counts.looks += 1
        return fetchNewer()
      },
      install: () => {
        counts.installs += 1
        install()
      },
    }),
    clock,
    onChange: () => {},
    onFailure: () => {},
  })
  return { clock, counts, updates }
}

describe('updates', () => {
  it('are looked for at the start and then once a day', async () => {
    const { clock, counts, updates } = setUp(async () => undefined)
    await updates.check()
    expect(updates.view).toEqual({ state: 'current', checkedAt: '2026-01-01T00:00:00.000Z' })
    await clock.advance(23 * hour)
    expect(counts.looks).toBe(1)
    await clock.advance(hour)
    expect(counts.looks).toBe(2)
    updates.stop()
    expect(clock.timers).toBe(0)
  })

  it('lie ready until the person says so', async () => {
    const { clock, counts, updates } = setUp(async () => '0.2.0')
    await updates.check()
    expect(updates.view).toEqual({ state: 'ready', version: '0.2.0', onQuit: false })
    await clock.advance(48 * hour)
    expect(counts).toMatchObject({ looks: 1, installs: 0 })
    updates.install()
    expect(counts.installs).toBe(1)
  })

  it('are not installed when there are none', async () => {
    const { counts, updates } = setUp(async () => undefined)
    updates.install()
    await updates.check()
    updates.install()
    expect(counts.installs).toBe(0)
  })

  it('fail in words, and are looked for again within the hour', async () => {
    const { clock, counts, updates } = setUp(async () => {
      throw new Error('net::ERR_INTERNET_DISCONNECTED')
    })
    await updates.check()
    expect(updates.view).toMatchObject({ state: 'failed', problem: { code: 'update-failed' } })
    await clock.advance(hour)
    expect(counts.looks).toBe(2)
  })

  it('that are not the publisher\u2019s differ from a failing network', async () => {
    const { updates } = setUp(async () => {
      throw new UpdateRefused('It is not signed.')
    })
    await updates.check()
    expect(updates.view).toMatchObject({
      problem: { code: 'update-refused', explanation: 'It is not signed. Nothing was installed.' },
    })
  })

  it('that could not be installed stay on offer, with the reason', async () => {
    const { updates } = setUp(
      async () => '0.2.0',
      () => {
        throw new Error('Command pkexec exited with code 126')
      },
    )
    await updates.check()
    updates.install()
    expect(updates.view).toMatchObject({ state: 'ready', problem: { code: 'update-not-installed' } })
  })

  it('are off where the copy has none, for good', async () => {
    const clock = new FakeClock()
    const updates = new Updates({
      open: async () => ({ off: 'No update feed is set.' }),
      clock,
      onChange: () => {},
      onFailure: () => {},
    })
    await updates.check()
    await settle()
    expect(updates.view).toEqual({ state: 'off', why: 'No update feed is set.' })
    expect(clock.timers).toBe(0)
  })
})
