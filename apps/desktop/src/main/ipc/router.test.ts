import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import { describe, expect, test } from 'vitest'
import { type Answer, type RequestName, requestChannel, requestNames } from '../../shared/contract.ts'
import { ProblemError } from '../../shared/problems.ts'
import { type Handlers, routeRequests } from './router.ts'

type Listener = (event: IpcMainInvokeEvent, input: unknown) => Promise<Answer<RequestName>>

function setUp(own: Partial<Handlers>) {
  const listeners = new Map<string, Listener>()
  const failures: string[] = []
  const called: unknown[] = []
  const handlers = Object.fromEntries(requestNames.map((name) => [name, (input: unknown) => void called.push(input)]))
  routeRequests({
    ipcMain: { handle: (channel, listener) => void listeners.set(channel, listener) } as Pick<IpcMain, 'handle'>,
    handlers: { ...(handlers as unknown as Handlers), ...own },
    isTrusted: (event) => event.frameId === 1,
    onFailure: (name, error) => failures.push(`${name}: ${String(error)}`),
  })
  const send = (name: RequestName, input?: unknown, frameId = 1) => {
    const listener = listeners.get(requestChannel(name))
    if (!listener) throw new Error(`${name} has no listener`)
    return listener({ frameId } as IpcMainInvokeEvent, input)
  }
  return { send, failures, called, listeners }
}

describe('the router', () => {
  test('listens to every request of the contract', () => {
    expect(setUp({}).listeners.size).toBe(requestNames.length)
  })

  test('fails on a foreign sender without calling the handler', async () => {
    const { send, called } = setUp({})
    expect(await send('checkNow', undefined, 2)).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
    expect(called).toEqual([])
  })

  test.each([
    ['getHistory', undefined],
    ['getHistory', { key: 'a', more: 1 }],
    ['startApply', { keys: [] }],
    ['confirmApply', { choices: { a: 'destroy' } }],
    ['setPreferences', { theme: 'pink' }],
    ['checkNow', { anything: true }],
  ] as [RequestName, unknown][])('fails on a wrong argument of %s', async (name, input) => {
    const { send, called } = setUp({})
    expect(await send(name, input)).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
    expect(called).toEqual([])
  })

  test('fails on a malformed token without repeating it', async () => {
    const { send, failures } = setUp({})
    const answer = await send('replaceToken', { connectionId: 'c', token: 'canary token' })
    expect(JSON.stringify([answer, failures])).not.toContain('canary')
  })

  test('turns what a handler throws into a catalogue entry', async () => {
    const { send } = setUp({
      checkNow: () => {
        throw new ProblemError('wrong-token', 'api.example.com')
      },
    })
    expect(await send('checkNow')).toMatchObject({ ok: false, problem: { code: 'wrong-token' } })
  })
})
