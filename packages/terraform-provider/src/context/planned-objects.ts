/** What the resources of this run are going to create or publish, as far as it has been planned or done. */
export class PlannedObjects {
  /** Names of tags. */
  readonly tags = new Set<string>()
  readonly #domains = new Set<string>()
  readonly #texts = new Map<string, string>()

  /** Notes a domain; false where another resource has planned the same one. */
  addDomain(accountId: string, address: string): boolean {
    const key = JSON.stringify([accountId, address])
    if (this.#domains.has(key)) return false
    this.#domains.add(key)
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
