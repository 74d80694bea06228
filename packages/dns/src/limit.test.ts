import { describe, expect, it } from 'vitest'
import { mapLimit } from './limit.ts'

describe('mapLimit', () => {
  it('keeps the order and the limit', async () => {
    let running = 0
    let most = 0
    const results = await mapLimit([5, 1, 3, 2, 4], 2, async (item) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, item))
      running--
      return item * 10
    })
    expect(results).toEqual([50, 10, 30, 20, 40])
    expect(most).toBe(2)
  })

  it('fails with the first failure and starts nothing more', async () => {
    const started: number[] = []
    const work = mapLimit([1, 2, 3, 4], 1, async (item) => {
      started.push(item)
      if (item === 2) throw new Error('two')
    })
    await expect(work).rejects.toThrow('two')
    expect(started).toEqual([1, 2])
  })
})
