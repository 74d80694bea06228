import { describe, expect, it } from 'vitest'
import { Pace } from './pace.ts'

function start() {
  let now = 0
  const pace = new Pace(
    async (milliseconds) => {
      now += milliseconds
    },
    () => now,
  )
  const turn = async () => {
    const before = now
    await pace.turn(undefined)
    return Math.round(now - before)
  }
  return { pace, turn }
}

describe('the pace of an account', () => {
  it('knows no waiting before the service refuses anything', async () => {
    const { pace, turn } = start()
    for (let index = 0; index < 100; index++) {
      expect(await turn()).toBe(0)
      pace.passed()
    }
  })

  it('slows down with refusals, counting those of one second once, and speeds up without them', async () => {
    const { pace, turn } = start()
    for (let index = 0; index < 16; index++) pace.refused()
    expect(await turn()).toBe(143)
    for (let index = 0; index < 7; index++) await turn()
    pace.refused()
    expect(await turn()).toBe(204)
    for (let index = 0; index < 5; index++) {
      await turn()
      pace.passed()
    }
    expect(await turn()).toBeLessThan(200)
  })

  it('finds the pace of a service that takes five a second', async () => {
    let now = 0
    const pace = new Pace(
      async (milliseconds) => {
        now += milliseconds
      },
      () => now,
    )
    const perSecond = new Map<number, number>()
    let passed = 0
    while (now < 120_000) {
      await pace.turn(undefined)
      const second = Math.floor(now / 1000)
      const count = (perSecond.get(second) ?? 0) + 1
      perSecond.set(second, count)
      if (count > 5) pace.refused()
      else {
        pace.passed()
        passed++
      }
      now += 1
    }
    expect(passed / 120).toBeGreaterThan(4)
  })
})
