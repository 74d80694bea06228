/** What the resources of this run are going to create or publish, as far as it has been planned or done. */
export class PlannedObjects {
  /** Names of tags that exist after the apply. */
  readonly tags = new Set<string>()
  /** Titles of accounts that exist after the apply. */
  readonly accounts = new Set<string>()
  /** IDs of domains with `deletion_protection` in the state. */
  readonly protectedDomains = new Set<string>()
  readonly #created = new Set<string>()
  readonly #kept = new Set<string>()
  readonly #createdOver = new Set<string>()
  /** Whether what is in the state stays, by object. */
  readonly #managed = new Map<string, boolean>()
  readonly #records = new Set<string>()
  readonly #texts = new Map<string, string>()

  /** Notes that a resource creates this object; false where another one creates the same. `key` is unique among its kind. */
  addCreated(kind: 'tag' | 'domain', key: readonly string[]): boolean {
    const one = JSON.stringify([kind, ...key])
    if (this.#created.has(one)) return false
    this.#created.add(one)
    return true
  }

  /**
   * Notes that the state of a resource has this object, and whether the object stays; false where another resource has it as well and
   * one of them would lose it to the other.
   */
  hasOneOwner(kind: 'account' | 'tag' | 'domain', id: string, stays: boolean): boolean {
    const key = JSON.stringify([kind, id])
    const other = this.#managed.get(key)
    this.#managed.set(key, stays || other === true)
    return other === undefined || !(stays || other)
  }

  /** Notes a domain that stays as it is; false where another resource creates one in its place. */
  addKept(id: string): boolean {
    this.#kept.add(id)
    return !this.#createdOver.has(id)
  }

  /** Notes that a resource creates a domain in the place of this one; false where that one stays. */
  addCreatedOver(id: string): boolean {
    this.#createdOver.add(id)
    return !this.#kept.has(id)
  }

  /** Notes that a resource publishes this name in a DNS service; false where another one publishes it too. */
  addRecord(target: string, name: string): boolean {
    const key = JSON.stringify([target, name])
    if (this.#records.has(key)) return false
    this.#records.add(key)
    return true
  }

  /** Notes what will answer behind the CNAME of this name: the record, or for `mta-sts` the policy file. */
  willAnswer(name: string, text: string): void {
    this.#texts.set(name, text)
  }

  /** What will answer at these names, as far as this run has planned it; the DNS tells the rest. */
  answersAt(names: readonly string[]): Record<string, string> {
    return Object.fromEntries(
      names.flatMap((name) => {
        const text = this.#texts.get(name)
        return text === undefined ? [] : [[name, text]]
      }),
    )
  }
}
