import { seal, unseal } from './envelope.ts'
import { type SecretReading, type SecretStore, SecretStoreError } from './secret-store.ts'

/** The part of keytar that is used. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

const probeName = 'probe'

/** The system's password store: Keychain, Credential Manager or Secret Service. */
export class KeytarStore implements SecretStore {
  readonly #keytar: () => Promise<Keytar>
  readonly #service: string

  /** `keytar` is loaded on first use: it pulls in libsecret and D-Bus, which the tray icon does not wait for. */
  constructor(keytar: () => Promise<Keytar>, service: string) {
    this.#keytar = keytar
    this.#service = service
  }

  async read(name: string): Promise<SecretReading> {
    try {
      const keytar = await this.#keytar()
      const text = await keytar.getPassword(this.#service, name)
      if (text === null) return { ok: false, failure: (await this.#canWrite(keytar)) ? 'empty' : 'locked' }
      const value = unseal(text)
      return value === undefined ? { ok: false, failure: 'damaged' } : { ok: true, value }
    } catch (error) {
      return { ok: false, failure: classify(error) }
    }
  }

  async write(name: string, value: string): Promise<void> {
    await this.#guarded(async (keytar) => keytar.setPassword(this.#service, name, seal(value)))
  }

  async remove(name: string): Promise<void> {
    await this.#guarded(async (keytar) => void (await keytar.deletePassword(this.#service, name)))
  }

  async #guarded(use: (keytar: Keytar) => Promise<void>): Promise<void> {
    try {
      await use(await this.#keytar())
    } catch (error) {
      throw new SecretStoreError(classify(error), { cause: error })
    }
  }

  /**
   * libsecret answers "no such entry" both for an open store without it and for a locked one whose prompt was dismissed.
   * Only a write tells them apart, as a locked collection refuses it.
   */
  async #canWrite(keytar: Keytar): Promise<boolean> {
    try {
      await keytar.setPassword(this.#service, probeName, 'open')
      await keytar.deletePassword(this.#service, probeName)
      return true
    } catch (error) {
      if (classify(error) === 'locked') return false
      throw error
    }
  }
}

/** Words of libsecret, gnome-keyring, macOS and Windows that mean the store is there but shut. */
const lockedWords =
  /locked|prompt|dismissed|collection\/login|user name or passphrase|interaction is not allowed|user canceled/i

function classify(error: unknown): 'unavailable' | 'locked' {
  return lockedWords.test(error instanceof Error ? error.message : String(error)) ? 'locked' : 'unavailable'
}
