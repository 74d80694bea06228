import type { IpcMainInvokeEvent } from 'electron'
import { describe, expect, it } from 'vitest'
import { type Answer, type RequestName, requests } from '../../shared/contract/contract.ts'
import { ProblemError } from '../../shared/problems.ts'
import { type Handlers, routeRequests } from './router.ts'

type Listener = (event: IpcMainInvokeEvent, name: unknown, input: unknown) => Promise<string>

function setUp(own: Partial<Handlers>) {
  let listener: Listener | undefined
  const failures: string[] = []
  const called: unknown[] = []
  const handlers = Object.fromEntries(
    Object.keys(requests).map((name) => [name, (input: unknown) => void called.push(input)]),
  )
  routeRequests({
    ipcMain: {
      handle: (_channel, given) => {
        listener = given as Listener
      },
    },
    handlers: { ...(handlers as unknown as Handlers), ...own },
    isTrusted: (event) => event.frameId === 1,
    onFailure: (name, error) => failures.push(`${name}: ${String(error)}`),
  })
  const send = async (name: unknown, input?: unknown, frameId = 1) => {
    if (!listener) throw new Error('the router listens to nothing')
    return JSON.parse(await listener({ frameId } as IpcMainInvokeEvent, name, input)) as Answer<RequestName>
  }
  return { send, failures, called }
}

describe('the router', () => {
  it.each(['nothing like this', 'toString', '__proto__', 7, undefined])(
    'refuses %j, which is no request of the contract',
    async (name) => {
      const { send, called } = setUp({})
      expect(await send(name)).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
      expect(called).toEqual([])
    },
  )

  it('fails on a foreign sender without calling the handler', async () => {
    const { send, called } = setUp({})
    expect(await send('checkNow', undefined, 2)).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
    expect(called).toEqual([])
  })

  it.each([
    ['getHistory', undefined],
    ['getHistory', { key: 'a', more: 1 }],
    ['startApply', { keys: [] }],
    ['confirmApply', { choices: { a: 'destroy' } }],
    ['setPreferences', { theme: 'pink' }],
    ['setPreferences', { theme: 'dark' }],
    [
      'setPreferences',
      {
        notifications: true,
        pausedUntil: '',
        mutedTags: [],
        startAtLogin: true,
        shortcut: '',
        caFile: '',
        theme: 'dark',
        more: 1,
      },
    ],
    ['checkNow', { anything: true }],
  ] as [RequestName, unknown][])('fails on a wrong argument of %s', async (name, input) => {
    const { send, called } = setUp({})
    expect(await send(name, input)).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
    expect(called).toEqual([])
  })

  it('fails on a malformed token without repeating it', async () => {
    const { send, failures } = setUp({})
    const answer = await send('replaceToken', { connectionId: 'c', token: 'canary token' })
    expect(JSON.stringify([answer, failures])).not.toContain('canary')
  })

  it('turns what a handler throws into a catalogue entry', async () => {
    const { send } = setUp({
      checkNow: () => {
        throw new ProblemError('wrong-token', 'api.example.com')
      },
    })
    expect(await send('checkNow')).toMatchObject({ ok: false, problem: { code: 'wrong-token' } })
  })
})
