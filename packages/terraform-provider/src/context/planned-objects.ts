/** What the resources of this run are going to create, as far as it has been planned. */
export class PlannedObjects {
  /** Names of tags. */
  readonly tags = new Set<string>()
  readonly #domains = new Set<string>()

  /** Notes a domain; false where another resource has planned the same one. */
  addDomain(accountId: string, address: string): boolean {
    const key = JSON.stringify([accountId, address])
    if (this.#domains.has(key)) return false
    this.#domains.add(key)
    return true
  }
}
