import { expect, it } from 'vitest'
import { found } from './found.ts'
import { withinTime } from './within-time.ts'

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

it('says what took too long, as something that is not known', async () => {
  expect(await withinTime({ milliseconds: 5, what: 'The look-up' }, never)).toEqual({
    known: false,
    message: 'The look-up took longer than 0.005 s.',
  })
  expect(await withinTime({ milliseconds: 60_000, what: 'The look-up' }, async () => found(1))).toEqual(found(1))
})

it('rejects with the reason of the caller, and with failures of the look-up itself', async () => {
  const caller = new AbortController()
  const waiting = withinTime({ milliseconds: 60_000, what: 'The look-up', signal: caller.signal }, never)
  caller.abort(new Error('gone'))
  await expect(waiting).rejects.toThrow('gone')
  const fails = async () => {
    throw new Error('broken')
  }
  await expect(withinTime({ milliseconds: 60_000, what: 'The look-up' }, fails)).rejects.toThrow('broken')
})
