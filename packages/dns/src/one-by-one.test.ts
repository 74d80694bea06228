import { expect, it } from 'vitest'
import { oneByOne } from './one-by-one.ts'

it('starts each work when the one before has ended, well or not, and hands over what came of it', async () => {
  const queue = oneByOne()
  const events: string[] = []
  const work = (name: string, fails = false) =>
    queue(async () => {
      events.push(`${name} starts`)
      await new Promise((resolve) => setImmediate(resolve))
      events.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    })
  const results = await Promise.allSettled([work('a'), work('b', true), work('c')])
  expect(events).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends'])
  expect(results).toMatchObject([{ value: 'a' }, { reason: { message: 'b' } }, { value: 'c' }])
})
