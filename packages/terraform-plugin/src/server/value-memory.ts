import type { RawObject } from '../encoding/raw.ts'

/** Some ten resources are in flight at once, each with a configuration and a state. */
const CAPACITY = 96

/**
 * The values of one type that last came or went, with their bytes. Terraform sends the same value several times within
 * moments: what a refresh answers comes back as the prior state of the plan, most often as the proposed state as well, and a
 * configuration is validated just before it is planned. Each is read once, and is then one and the same object everywhere,
 * so that comparing and writing it cost nothing.
 */
export class ValueMemory {
  readonly #values = new Map<string, RawObject>()
  readonly #bytes = new Map<RawObject, Uint8Array>()

  value(bytes: Uint8Array): RawObject | undefined {
    return this.#values.get(text(bytes))
  }

  bytes(value: RawObject): Uint8Array | undefined {
    return this.#bytes.get(value)
  }

  remember(value: RawObject, bytes: Uint8Array): void {
    const key = text(bytes)
    if (this.#values.has(key)) return
    this.#values.set(key, value)
    this.#bytes.set(value, bytes)
    if (this.#values.size <= CAPACITY) return
    for (const [oldest, old] of this.#values) {
      this.#values.delete(oldest)
      this.#bytes.delete(old)
      break
    }
  }
}

const text = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
