import { untilAborted } from '@dmarc-as-code/primitives'
import type { RunClaims } from './run-claims.ts'

/**
 * Which resource of this run has confirmed which record. With `create_before_destroy`, or when `count` shifts, a name passes
 * from one instance to another: the old one must not delete what the new one has just published. `shared` are the claims of
 * the other processes of the run, which serve other provider blocks.
 */
export class NameClaims {
  readonly #owners = new Map<string, string>()
  readonly #busy = new Map<string, Promise<void>>()
  readonly #shared: RunClaims | undefined

  constructor(shared?: RunClaims) {
    this.#shared = shared
  }

  /** Runs work while no other work of this run touches one of the names. `target` tells one DNS service from another. */
  async exclusively<T>(
    target: string,
    names: readonly string[],
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    const keys = [...new Set(names)].map((name) => keyOf(target, name))
    for (;;) {
      const others = keys.flatMap((key) => this.#busy.get(key) ?? [])
      if (others.length === 0) break
      await untilAborted(Promise.all(others), signal)
    }
    let done = () => {}
    const busy = new Promise<void>((resolve) => {
      done = resolve
    })
    for (const key of keys) this.#busy.set(key, busy)
    const held: (() => Promise<void>)[] = []
    try {
      // In one order, so that no two processes wait for each other.
      if (this.#shared) for (const key of keys.toSorted()) held.push(await this.#shared.lock(key, signal))
      return await work()
    } finally {
      await Promise.all(held.map((release) => release()))
      for (const key of keys) this.#busy.delete(key)
      done()
    }
  }

  /** The resource has published these names, or found them right. */
  async confirm(target: string, names: readonly string[], resource: string): Promise<void> {
    for (const name of names) {
      this.#owners.set(keyOf(target, name), resource)
      await this.#shared?.confirm(keyOf(target, name), resource)
    }
  }

  /** Whether another resource has confirmed the name since this run began. */
  isOthers(target: string, name: string, resource: string): boolean {
    const owner = this.#shared?.owner(keyOf(target, name)) ?? this.#owners.get(keyOf(target, name))
    return owner !== undefined && owner !== resource
  }
}

const keyOf = (target: string, name: string) => JSON.stringify([target, name])
