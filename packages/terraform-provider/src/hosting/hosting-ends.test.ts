import { describe, expect, it, vi } from 'vitest'
import { HostingEnds } from './hosting-ends.ts'

const unexpected = (error: unknown) => {
  throw error
}

describe('the end of hosting', () => {
  it('waits until the last of its records is gone', async () => {
    const ends = new HostingEnds(unexpected)
    const run = vi.fn(async () => {})
    ends.after(['a.test', 'b.test'], run)
    await ends.removed(['a.test', 'c.test'])
    expect(run).not.toHaveBeenCalled()
    await ends.removed(['b.test'])
    await ends.settled()
    expect(run).toHaveBeenCalledOnce()
  })

  it('comes with the end of the run where nothing removes the records, and failures are reported', async () => {
    const failed = vi.fn()
    const ends = new HostingEnds(failed)
    const error = new Error('no')
    ends.after(['a.test'], () => Promise.reject(error))
    await ends.settled()
    expect(failed).toHaveBeenCalledWith(error)
  })

  it('comes in the end in a process that outlives the run', async () => {
    vi.useFakeTimers()
    try {
      const run = vi.fn(async () => {})
      new HostingEnds(unexpected).after(['a.test'], run, 1_000)
      await vi.advanceTimersByTimeAsync(1_000)
      expect(run).toHaveBeenCalledOnce()
    } finally {
      vi.useRealTimers()
    }
  })

  it('fails for the one who removed the last record', async () => {
    const ends = new HostingEnds(unexpected)
    ends.after(['a.test'], () => Promise.reject(new Error('no')))
    await expect(ends.removed(['a.test'])).rejects.toThrow('no')
  })
})
