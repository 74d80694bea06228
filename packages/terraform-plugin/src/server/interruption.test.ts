import { expect, it } from 'vitest'
import { Interruption } from './interruption.ts'

const whenAborted = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => signal.addEventListener('abort', () => resolve(signal.reason), { once: true }))

it('a stop aborts every call that runs, and each that comes later', async () => {
  const interruption = new Interruption()
  const [one, two] = [new AbortController(), new AbortController()]
  const running = [one, two].map((abort) => interruption.run(abort, () => whenAborted(abort.signal)))
  const reason = new Error('stopped')
  interruption.stop(reason)
  expect(await Promise.all(running)).toEqual([reason, reason])
  const late = new AbortController()
  await interruption.run(late, async () => {})
  expect(late.signal.reason).toBe(reason)
})

it('a call that has ended is left alone, also one that failed or was a stream', async () => {
  const interruption = new Interruption()
  const [done, failed, streamed] = [new AbortController(), new AbortController(), new AbortController()]
  await interruption.run(done, async () => {})
  await expect(interruption.run(failed, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  const events: number[] = []
  for await (const event of interruption.stream(
    streamed,
    (async function* () {
      yield 1
    })(),
  ))
    events.push(event)
  interruption.stop(new Error('stopped'))
  expect(events).toEqual([1])
  expect([done, failed, streamed].some(({ signal }) => signal.aborted)).toBe(false)
})
