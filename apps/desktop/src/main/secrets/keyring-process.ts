import type { Clock } from '@dmarc-as-code/primitives'
import { after } from '@dmarc-as-code/primitives'
import type { KeyringMessage, KeyringQuestion } from '../../keyring/protocol.ts'
import type { Keytar } from './keytar-store.ts'
import { storeFailure } from './store-failure.ts'

/** The part of a process of Electron's that is used. */
export interface KeyringChild {
  postMessage(question: KeyringQuestion): void
  on(event: 'message', listener: (message: KeyringMessage) => void): unknown
  once(event: 'exit', listener: () => void): unknown
  kill(): unknown
}

interface KeyringProcessOptions {
  readonly start: () => KeyringChild
  readonly clock: Clock
}

/** How long it stays after the last answer: what reads one secret often reads the next. */
const rest = 5_000
const startTimeout = 15_000

/**
 * keytar in a separate process that runs only while it is needed. libsecret keeps the session of the first password store
 * it met for as long as the process lives, so after a restart of the store it would fail for ever; a new process finds the
 * new one. Ending the process also closes a system dialog that nobody answers, and frees the secrets it read.
 *
 * Only for Linux: the others have no such session, and the Keychain of macOS gives an entry to the program that wrote it.
 */
export class KeyringProcess implements Keytar {
  readonly #options: KeyringProcessOptions
  #helper: Helper | undefined

  constructor(options: KeyringProcessOptions) {
    this.#options = options
  }

  /** Resolves once questions are answered. */
  async ready(): Promise<Keytar> {
    await this.#current().ready
    return this
  }

  getPassword(service: string, account: string): Promise<string | null> {
    return this.#ask('getPassword', [service, account]) as Promise<string | null>
  }

  async setPassword(service: string, account: string, password: string): Promise<void> {
    await this.#ask('setPassword', [service, account, password])
  }

  deletePassword(service: string, account: string): Promise<boolean> {
    return this.#ask('deletePassword', [service, account]) as Promise<boolean>
  }

  /** Ends it, and with it every question that is open. */
  stop(): void {
    this.#helper?.end()
    this.#helper = undefined
  }

  async #ask(call: KeyringQuestion['call'], args: readonly string[]): Promise<unknown> {
    const before = this.#helper?.hasAnswered ? this.#helper : undefined
    try {
      return await this.#askOnce(call, args)
    } catch (error) {
      // The store it knew may have been restarted. All three questions can be put twice; a dialog that was sent away must
      // not come back, though.
      if (!before || storeFailure(error) === 'locked') throw error
      return this.#askOnce(call, args)
    }
  }

  async #askOnce(call: KeyringQuestion['call'], args: readonly string[]): Promise<unknown> {
    const helper = this.#current()
    try {
      return await helper.ask(call, args)
    } catch (error) {
      if (this.#helper === helper) this.#helper = undefined
      helper.retire()
      throw error
    }
  }

  #current(): Helper {
    this.#helper ??= new Helper(this.#options, (ended) => {
      if (this.#helper === ended) this.#helper = undefined
    })
    return this.#helper
  }
}

interface Open {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** One process, from its start to its end. */
class Helper {
  readonly ready: Promise<void>
  hasAnswered = false
  readonly #child: KeyringChild
  readonly #clock: Clock
  readonly #onEnd: (helper: Helper) => void
  readonly #open = new Map<number, Open>()
  #count = 0
  #retired = false
  #cancelRest: () => void = () => {}

  constructor({ start, clock }: KeyringProcessOptions, onEnd: (helper: Helper) => void) {
    this.#clock = clock
    this.#onEnd = onEnd
    this.#child = start()
    this.ready = new Promise((resolve, reject) => {
      const cancel = after(clock, startTimeout, () => {
        reject(new Error('the keyring process did not start'))
        this.end()
      })
      this.#child.on('message', (message) => {
        if (message.type === 'ready') {
          cancel()
          resolve()
          this.#restIfIdle()
        } else this.#take(message)
      })
      this.#child.once('exit', () => {
        cancel()
        const error = new Error('the keyring process exited')
        reject(error)
        this.#cancelRest()
        for (const { reject } of this.#open.values()) reject(error)
        this.#open.clear()
        this.#onEnd(this)
      })
    })
    // Who waits for an answer hears of it; who only waits for the start does too.
    this.ready.catch(() => {})
  }

  async ask(call: KeyringQuestion['call'], args: readonly string[]): Promise<unknown> {
    this.#cancelRest()
    const id = ++this.#count
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject })
      this.#child.postMessage({ id, call, args })
    })
  }

  /** Asked no more: it ends as soon as what is open is answered. */
  retire(): void {
    this.#retired = true
    this.#restIfIdle()
  }

  end(): void {
    this.#cancelRest()
    this.#onEnd(this)
    this.#child.kill()
  }

  #take(message: Exclude<KeyringMessage, { type: 'ready' }>): void {
    const open = this.#open.get(message.id)
    this.#open.delete(message.id)
    if (message.type === 'answer') {
      this.hasAnswered = true
      open?.resolve(message.value)
    } else open?.reject(new Error(message.message))
    this.#restIfIdle()
  }

  #restIfIdle(): void {
    if (this.#open.size > 0) return
    this.#cancelRest()
    if (this.#retired) this.end()
    else this.#cancelRest = after(this.#clock, rest, () => this.end())
  }
}
