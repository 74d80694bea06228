import { expect, it } from 'vitest'
import { DiagnosticError } from '../provider/diagnostic-error.ts'
import { Call } from './call.ts'
import { Secrets } from './secrets.ts'
import type { Session } from './session.ts'

function call() {
  const session = { client: undefined, log: { error() {}, debug() {} }, secrets: new Secrets() } as unknown as Session
  const stop = new AbortController()
  return { stop, made: new Call(session, 'Creating x', {}, stop.signal) }
}

const untilAborted = (signal: AbortSignal, error?: Error) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(error ?? signal.reason), { once: true }),
  )

it('an interruption is reported as one, with what the author says beside it', async () => {
  for (const [error, detail] of [
    [undefined, 'Terraform asked the provider to stop before the operation was complete.'],
    [
      new Error('socket closed'),
      'Terraform asked the provider to stop before the operation was complete.\nIt ended with: socket closed',
    ],
  ] as const) {
    const { stop, made } = call()
    const ended = made.attempt(({ signal }) => untilAborted(signal, error))
    stop.abort()
    expect(await ended).toBe(undefined)
    expect(made.diagnostics.messages).toMatchObject([{ summary: 'Creating x was interrupted', detail }])
  }
})

it("an author's own explanation of an interruption or a timeout stands", async () => {
  const { made } = call()
  await made.attempt(
    ({ signal }) => untilAborted(signal, new DiagnosticError('Still waiting for DNS', 'Two records.')),
    1,
  )
  expect(made.diagnostics.messages).toMatchObject([{ summary: 'Still waiting for DNS', detail: 'Two records.' }])
})

it('a timeout names its limit', async () => {
  const { made } = call()
  await made.attempt(({ signal }) => untilAborted(signal), 5)
  expect(made.diagnostics.messages).toMatchObject([
    { summary: 'Creating x took too long', detail: expect.stringContaining('not done after 0.005 seconds') },
  ])
})

it('an error without an abort is shown with its causes', async () => {
  const { made } = call()
  await made.attempt(() => Promise.reject(new Error('no', { cause: new Error('because') })))
  await made.attempt(() => Promise.reject('text'))
  expect(made.diagnostics.messages).toMatchObject([
    { summary: 'Creating x failed', detail: 'no\nCaused by: because' },
    { summary: 'Creating x failed', detail: 'text' },
  ])
})

it('a time limit of months does not end at once', async () => {
  const { made } = call()
  const warned: string[] = []
  const listen = (warning: Error) => warned.push(warning.name)
  process.on('warning', listen)
  const aborted = await made.attempt(async ({ signal }) => {
    // Fixed sleep: a limit that overflows the timer ends after a millisecond, and nothing signals that it did not.
    await new Promise((resolve) => setTimeout(resolve, 20))
    return signal.aborted
  }, 1_000 * 3_600_000)
  process.off('warning', listen)
  expect([aborted, warned]).toEqual([false, []])
})
