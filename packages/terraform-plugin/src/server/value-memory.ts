import type { Raw } from '../encoding/raw.ts'

/** Some ten resources are in flight at once, each with a configuration and a state. */
const CAPACITY = 96

/**
 * The values of one type that last came or went, with their bytes. Terraform sends the same value several times within
 * moments: what a refresh answers comes back as the prior state of the plan, most often as the proposed state as well, and a
 * configuration is validated just before it is planned. Each is read once, and is then one and the same object everywhere,
 * so that comparing and writing it cost nothing.
 */
export class ValueMemory {
  readonly #values = new Map<string, Raw>()
  readonly #bytes = new Map<Raw, Uint8Array>()

  value(bytes: Uint8Array): Raw | undefined {
    return this.#values.get(text(bytes))
  }

  bytes(value: Raw): Uint8Array | undefined {
    return this.#bytes.get(value)
  }

  remember(value: Raw, bytes: Uint8Array): void {
    const key = text(bytes)
    if (this.#values.has(key)) return
    this.#values.set(key, value)
    this.#bytes.set(value, bytes)
    if (this.#values.size <= CAPACITY) return
    const [oldest = '', old = null] = this.#values.entries().next().value ?? []
    this.#values.delete(oldest)
    this.#bytes.delete(old)
  }
}

const text = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
