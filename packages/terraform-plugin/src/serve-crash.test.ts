import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { crash, crashAgain } from './serve-crash.ts'
import { Call } from './server/call.ts'
import { attempts } from './server/crash.ts'
import { Interruption } from './server/interruption.ts'
import { Secrets } from './server/secrets.ts'
import type { Session } from './server/session.ts'
import type { Connection } from './wire/grpc.ts'

const quiet = () => {}
const log = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet }

describe('a crash', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('lets calls finish, then aborts their signals, then ends them with what is known', async () => {
    const session = { client: undefined, log, secrets: new Secrets() } as unknown as Session
    const interruption = new Interruption()
    const connection = { crashed: (error: unknown) => interruption.stop(error as Error), mask: () => '' }
    const call = (doing: string, run: (signal: AbortSignal) => Promise<void>) => {
      const abort = new AbortController()
      const made = new Call(session, doing, {}, abort.signal)
      open++
      void interruption.run(abort, () => made.attempt(({ signal }) => run(signal))).finally(() => open--)
      return made
    }
    let open = 0
    const patient = call('Reading a', () => new Promise<void>((resolve) => setTimeout(resolve, 29_000)))
    const stubborn = call('Creating b', () => new Promise<void>(() => {}))
    const ended: number[] = []
    const idle = async (milliseconds: number) => {
      const deadline = Date.now() + milliseconds
      while (open > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
      return open === 0
    }
    void crash(new Error('lost'), {
      connections: new Set([connection as unknown as Connection]),
      idle,
      end: (code) => void ended.push(code),
    })
    await vi.advanceTimersByTimeAsync(34_000)
    expect([ended, patient.diagnostics.messages, stubborn.diagnostics.messages]).toEqual([[], [], []])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(stubborn.diagnostics.messages).toMatchObject([
      { summary: 'Creating b failed', detail: expect.stringMatching(/^lost\n\nThe provider crashed in another call/) },
    ])
    expect(ended).toEqual([2])
  })

  it('ends a second call whose code throws while the process ends', async () => {
    const quietly = [{ mask: () => '' } as unknown as Connection]
    const second = attempts.run(() => new Promise(() => crashAgain(new Error('second'), quietly)), vi.fn())
    await expect(second).rejects.toMatchObject({ message: 'second', culprit: true })
  })

  it('tells a call what it left behind, and keeps what it returned', async () => {
    vi.useRealTimers()
    const late = vi.fn()
    const careless = attempts.run(() => {
      setImmediate(() => attempts.failCulprit(new Error('left behind')))
      return 'made'
    }, late)
    expect(await careless).toBe('made')
    expect(late).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'left behind', culprit: true }))
  })

  it('ends the call whose code threw, and no other', async () => {
    const ended = vi.fn()
    const other = attempts.run(() => new Promise(() => {}), vi.fn())
    void other.catch(ended)
    const mine = attempts.run(() => new Promise(() => attempts.failCulprit(new Error('mine'))), vi.fn())
    await expect(mine).rejects.toMatchObject({ message: 'mine', culprit: true })
    expect(ended).not.toHaveBeenCalled()
    attempts.failAll(new Error('all'))
    await expect(other).rejects.toThrow('all')
  })
})
