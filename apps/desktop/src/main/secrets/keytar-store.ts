import type { Clock } from '@dmarc-as-code/primitives'
import { after } from '@dmarc-as-code/primitives'
import { seal, unseal } from './envelope.ts'
import { type SecretReading, type SecretStore, SecretStoreError } from './secret-store.ts'
import { storeFailure } from './store-failure.ts'

/** The part of keytar that is used. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

interface KeytarStoreOptions {
  /** Loaded on first use: it pulls in libsecret and D-Bus, which the tray icon does not wait for. */
  readonly keytar: () => Promise<Keytar>
  readonly service: string
  readonly clock: Clock
  /** A store that counted as locked or missing answers after all: it was opened, was slow, or has come up only now. */
  readonly onAnswered: () => void
}

const probeName = 'probe'
/** An open store answers in a few milliseconds; longer mostly means that a dialog of the system waits for the person. */
const initialTimeout = 3000
/** A store that answered late may be a slow one, on a busy machine; from then on it is given up to this. */
const maximumTimeout = 6000
/** Where keytar runs in this process, each unanswered question holds one of Node's four threads for files and the like. */
const maximumUnanswered = 2
/** How long a person may take to answer that dialog when they asked for something to be stored. */
const writeTimeout = 120_000

/** The system's password store: Keychain, Credential Manager or Secret Service. */
export class KeytarStore implements SecretStore {
  readonly #options: KeytarStoreOptions
  #unanswered = 0
  #timeout = initialTimeout
  #askedAgain = false
  #wasAway = false

  constructor(options: KeytarStoreOptions) {
    this.#options = options
  }

  /** Whether a question to the store is open that may never be answered. */
  get isWaiting(): boolean {
    return this.#unanswered > 0
  }

  async read(name: string): Promise<SecretReading> {
    try {
      const keytar = await this.#options.keytar()
      const text = await this.#askWithTimeout(() => keytar.getPassword(this.#options.service, name))
      if (text === undefined) return { ok: false, failure: 'locked' }
      this.#isBack()
      if (text === null) return { ok: false, failure: (await this.#isOpen(keytar)) ? 'empty' : 'locked' }
      const value = unseal(text)
      return value === undefined ? { ok: false, failure: 'damaged' } : { ok: true, value }
    } catch (error) {
      return { ok: false, failure: this.#failure(error) }
    }
  }

  async write(name: string, value: string): Promise<void> {
    await this.#guarded((keytar) => keytar.setPassword(this.#options.service, name, seal(value)))
  }

  async remove(name: string): Promise<void> {
    await this.#guarded(async (keytar) => {
      const drop = () => keytar.deletePassword(this.#options.service, name)
      if (await drop()) return
      // libsecret passes over what is in a locked store without a word. A write has the system ask the person to open it.
      if (!(await this.#tryWriting(keytar))) throw new Error('the store is locked')
      await drop()
    })
  }

  async #guarded(use: (keytar: Keytar) => Promise<unknown>): Promise<void> {
    try {
      const done = use(await this.#options.keytar()).then(() => true)
      if (!(await this.#within(writeTimeout, done))) throw new Error('the prompt was not answered')
      this.#isBack()
    } catch (error) {
      throw new SecretStoreError(this.#failure(error), { cause: error })
    }
  }

  #failure(error: unknown): 'unavailable' | 'locked' {
    const failure = storeFailure(error)
    if (failure === 'unavailable') this.#wasAway = true
    return failure
  }

  /** What was not read while no store answered can be read now. */
  #isBack(): void {
    if (!this.#wasAway) return
    this.#wasAway = false
    this.#options.onAnswered()
  }

  /**
   * libsecret answers "no such entry" both for an open store without it and for a locked one. Only a write tells them
   * apart: into a locked store it fails, or has the system ask the person, once, to open it.
   */
  async #isOpen(keytar: Keytar): Promise<boolean> {
    return (await this.#askWithTimeout(() => this.#tryWriting(keytar))) ?? false
  }

  /**
   * The store's answer, or undefined while a dialog of the system waits for the person, or the store takes its time. When
   * the answer comes after all, `onAnswered` is called.
   */
  async #askWithTimeout<T>(ask: () => Promise<T>): Promise<T | undefined> {
    if (this.#unanswered >= maximumUnanswered) return undefined
    const { clock } = this.#options
    const begun = clock.now()
    let late = false
    const question = ask().finally(() => {
      if (late) this.#unanswered--
    })
    void question.then((answer) => late && this.#onLateAnswer(answer, clock.now() - begun)).catch(() => {})
    const answer = await this.#within(this.#timeout, question)
    if (answer !== undefined) return answer
    late = true
    this.#unanswered++
    return undefined
  }

  #onLateAnswer(answer: unknown, took: number): void {
    // The person has sent the dialog away; asking again would only bring it back.
    if (answer === false) return
    if (answer === null) {
      // Nothing found: a dialog that was sent away, or a slow store without the entry. Asking again tells them apart, at
      // the price of one more dialog, so it is done once.
      if (this.#askedAgain) return
      this.#askedAgain = true
    }
    this.#timeout = Math.min(Math.max(this.#timeout, 2 * took), maximumTimeout)
    this.#options.onAnswered()
  }

  async #tryWriting(keytar: Keytar): Promise<boolean> {
    try {
      await keytar.setPassword(this.#options.service, probeName, 'open')
      await keytar.deletePassword(this.#options.service, probeName)
      return true
    } catch (error) {
      if (storeFailure(error) === 'locked') return false
      throw error
    }
  }

  /** The answer, or undefined when it takes longer. */
  #within<T>(patience: number, work: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      // After a busy moment of ours both may be due, and the timer would come first; an answer that is there counts.
      const cancel = after(this.#options.clock, patience, () => setImmediate(() => resolve(undefined)))
      work.then(resolve, reject).finally(cancel)
    })
  }
}
