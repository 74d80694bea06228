import { type SecretReading, type SecretStore, SecretStoreError } from '../src/main/secrets/secret-store.ts'

/** A password store in memory that can be made to fail. */
export class InMemorySecretStore implements SecretStore {
  readonly entries = new Map<string, string>()
  failure: 'unavailable' | 'locked' | undefined

  async read(name: string): Promise<SecretReading> {
    if (this.failure) return { ok: false, failure: this.failure }
    const value = this.entries.get(name)
    return value === undefined ? { ok: false, failure: 'empty' } : { ok: true, value }
  }

  async write(name: string, value: string): Promise<void> {
    if (this.failure) throw new SecretStoreError(this.failure)
    this.entries.set(name, value)
  }

  async remove(name: string): Promise<void> {
    if (this.failure) throw new SecretStoreError(this.failure)
    this.entries.delete(name)
  }
}
