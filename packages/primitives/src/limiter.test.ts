import { describe, expect, it } from 'vitest'
import { createLimiter } from './limiter.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('createLimiter', () => {
  it('with a limit of one, starts each work when the one before has ended, well or not', async () => {
    const queue = createLimiter(1)
    const events: string[] = []
    const work = (name: string, fails = false) =>
      queue(async () => {
        events.push(`${name} starts`)
        await turn()
        events.push(`${name} ends`)
        if (fails) throw new Error(name)
        return name
      })
    const results = await Promise.allSettled([work('a'), work('b', true), work('c')])
    expect(events).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends'])
    expect(results).toMatchObject([{ value: 'a' }, { reason: { message: 'b' } }, { value: 'c' }])
  })

  it('runs as many at a time as the limit allows, and never more', async () => {
    const queue = createLimiter(3)
    let running = 0
    let most = 0
    const work = () =>
      queue(async () => {
        most = Math.max(most, ++running)
        await turn()
        running--
        // One that comes in while others wait takes no place of theirs.
        if (running === 0) void queue(turn)
      })
    await Promise.all(Array.from({ length: 10 }, work))
    expect(most).toBe(3)
  })

  it('refuses a limit under which nothing would ever start', () => {
    expect(() => createLimiter(0)).toThrow(RangeError)
  })
})
