import { describe, expect, it } from 'vitest'
import { untilAborted } from './until-aborted.ts'

const never = () => new Promise<string>(() => {})

describe('untilAborted', () => {
  it('hands over what the work comes to', async () => {
    const { signal } = new AbortController()
    await expect(untilAborted(Promise.resolve('done'), signal)).resolves.toBe('done')
    await expect(untilAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken')
    await expect(untilAborted(Promise.resolve('done'), undefined)).resolves.toBe('done')
  })

  it('rejects with the reason of the signal although the work never ends', async () => {
    const abort = new AbortController()
    const result = untilAborted(never(), abort.signal)
    abort.abort('enough')
    await expect(result).rejects.toBe('enough')
  })

  it('rejects at once when the signal has aborted before, whatever the work comes to', async () => {
    await expect(untilAborted(never(), AbortSignal.abort('enough'))).rejects.toBe('enough')
    await expect(untilAborted(Promise.reject(new Error('broken')), AbortSignal.abort('enough'))).rejects.toBe('enough')
  })
})
