import type { PrivateState } from '../provider/request.ts'

/** Private data as Terraform keeps it: bytes, here a JSON object. */
export class PrivateData implements PrivateState {
  readonly #values: Map<string, unknown>

  constructor(bytes: Uint8Array = new Uint8Array(0)) {
    this.#values = bytes.length === 0 ? new Map() : new Map(Object.entries(parse(bytes)))
  }

  get(key: string): unknown {
    return this.#values.get(key)
  }

  set(key: string, value: unknown): void {
    // Checked here, where the author's code is to blame, and copied: what happens to the value later is not meant.
    const text = JSON.stringify(value)
    if (text === undefined) this.#values.delete(key)
    else this.#values.set(key, JSON.parse(text))
  }

  get bytes(): Uint8Array {
    if (this.#values.size === 0) return new Uint8Array(0)
    return new TextEncoder().encode(JSON.stringify(Object.fromEntries(this.#values)))
  }
}

function parse(bytes: Uint8Array): object {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  } catch {
    // Written by another framework before a provider moved to this one; nothing here could read it.
    return {}
  }
}
