import { expect, it } from 'vitest'
import { interleave, median, milliseconds } from './harness.ts'
import { peakMemoryMiB } from './peak-memory.ts'

it('the median is the middle value, or the mean of the two middle ones', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

it('fails on the median of nothing, as no figure is better than a made-up one', () => {
  expect(() => median([])).toThrow('no values')
})

it('takes the candidates in turn, so that all of them meet the same machine', async () => {
  const order: string[] = []
  const samples = await interleave(3, {
    floor: () => order.push('floor'),
    candidate: async () => order.push('candidate'),
  })
  expect(order).toEqual(['floor', 'candidate', 'floor', 'candidate', 'floor', 'candidate'])
  expect(samples.floor).toHaveLength(3)
})

it('measures asynchronous work to its end', async () => {
  const spent = await milliseconds(() => new Promise((resolve) => setTimeout(resolve, 20)))
  // A timer may fire a little early by the other clock; it never takes no time.
  expect(spent).toBeGreaterThan(10)
})

it.runIf(process.platform === 'linux')('reads the peak memory of a process, and nothing of one that is gone', () => {
  expect(peakMemoryMiB()).toBeGreaterThan(10)
  expect(peakMemoryMiB(0)).toBeUndefined()
})
