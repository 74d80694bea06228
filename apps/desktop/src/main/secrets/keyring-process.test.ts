import { FakeClock, settle } from '@dmarc-as-code/primitives/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import type { KeyringMessage, KeyringQuestion } from '../../keyring/protocol.ts'
import { type KeyringChild, KeyringProcess } from './keyring-process.ts'

/** A process whose libsecret knows the store of the time it was started. */
class FakeChild implements KeyringChild {
  readonly asked: KeyringQuestion[] = []
  readonly #store: number
  alive = true
  #onMessage: (message: KeyringMessage) => void = () => {}
  #onExit: () => void = () => {}

  constructor() {
    this.#store = store
    setImmediate(() => this.#onMessage({ type: 'ready' }))
  }

  postMessage(question: KeyringQuestion): void {
    this.asked.push(question)
    if (silent) return
    const { id } = question
    setImmediate(() => {
      if (refusal) this.#onMessage({ type: 'failure', id, message: refusal })
      else if (store === this.#store && store > 0) this.#onMessage({ type: 'answer', id, value: `of store ${store}` })
      else this.#onMessage({ type: 'failure', id, message: 'The name :1.1 was not provided by any .service files' })
    })
  }

  on(_event: 'message', listener: (message: KeyringMessage) => void): void {
    this.#onMessage = listener
  }

  once(_event: 'exit', listener: () => void): void {
    this.#onExit = listener
  }

  kill(): void {
    this.alive = false
    setImmediate(() => this.#onExit())
  }
}

let clock: FakeClock
let children: FakeChild[]
let store: number
let silent: boolean
let refusal: string | undefined
let keyring: KeyringProcess

beforeEach(() => {
  clock = new FakeClock()
  children = []
  store = 1
  silent = false
  refusal = undefined
  keyring = new KeyringProcess({
    clock,
    start: () => {
      const child = new FakeChild()
      children.push(child)
      return child
    },
  })
})

const read = async () => (await keyring.ready()).getPassword('Test', 'token')

describe('the keyring process', () => {
  it('answers several questions, and goes when there are no more', async () => {
    expect(await read()).toBe('of store 1')
    await clock.advance(4_000)
    expect(await read()).toBe('of store 1')
    await clock.advance(4_000)
    expect(children.map(({ alive }) => alive)).toEqual([true])
    await clock.advance(1_000)
    expect(children.map(({ alive }) => alive)).toEqual([false])
    expect(clock.timers).toBe(0)
    expect(await read()).toBe('of store 1')
    expect(children).toHaveLength(2)
  })

  it('finds a store that was restarted, with the same question', async () => {
    await read()
    store = 2
    expect(await read()).toBe('of store 2')
    expect(children.map(({ alive }) => alive)).toEqual([false, true])
  })

  it('fails at once while there is no store, and finds it with the next question', async () => {
    store = 0
    await expect(read()).rejects.toThrow('was not provided')
    expect(children).toHaveLength(1)
    store = 1
    expect(await read()).toBe('of store 1')
  })

  it('does not bring back a dialog that was sent away', async () => {
    await read()
    refusal = 'The prompt was dismissed'
    await expect(read()).rejects.toThrow('dismissed')
    expect(children.flatMap(({ asked }) => asked)).toHaveLength(2)
  })

  it('lets an open question of the old process be answered before it goes', async () => {
    await read()
    silent = true
    const waiting = read()
    await settle()
    silent = false
    store = 2
    expect(await read()).toBe('of store 2')
    expect(children[0]?.alive).toBe(true)
    children[0]?.kill()
    // The question that was open has an answer too, of the new one.
    expect(await waiting).toBe('of store 2')
  })

  it('fails in words when it cannot start', async () => {
    const dead = new KeyringProcess({
      clock,
      start: () => {
        const child = new FakeChild()
        child.kill()
        return child
      },
    })
    // Its "ready" comes first in this test, so only the question notices.
    silent = true
    await expect(dead.ready().then((keytar) => keytar.getPassword('Test', 'token'))).rejects.toThrow('exited')
    const mute = { postMessage() {}, on() {}, once() {}, kill() {} }
    const starting = new KeyringProcess({ clock, start: () => mute }).ready().catch((error: Error) => error.message)
    await clock.advance(15_000)
    expect(await starting).toBe('the keyring process did not start')
    expect(clock.timers).toBe(0)
  })

  it('ends with the app, whatever is open', async () => {
    silent = true
    const waiting = read().catch((error: Error) => error.message)
    await settle()
    keyring.stop()
    expect(children[0]?.alive).toBe(false)
    expect(await waiting).toContain('exited')
    expect(clock.timers).toBe(0)
  })
})
