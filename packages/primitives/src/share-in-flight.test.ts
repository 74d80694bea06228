import { describe, expect, it } from 'vitest'
import { shareInFlight } from './share-in-flight.ts'

describe('shareInFlight', () => {
  it('runs once for all who ask meanwhile, and again for those who ask later', async () => {
    const share = shareInFlight<number>()
    let runs = 0
    const make = async () => ++runs
    expect(await Promise.all([share('a', make), share('a', make), share('b', make)])).toEqual([1, 1, 2])
    expect(await share('a', make)).toBe(3)
  })

  it('fails alone: the others try for themselves', async () => {
    const share = shareInFlight<string>()
    const first = share('a', () => Promise.reject(new Error('aborted')))
    const second = share('a', async () => 'mine')
    await expect(first).rejects.toThrow('aborted')
    expect(await second).toBe('mine')
  })
})
