/** Names of records, and what is done once none of them stands any more. */
interface End {
  readonly names: Set<string>
  readonly run: () => Promise<unknown>
  timer: NodeJS.Timeout | undefined
}

/** How long hosting waits for its records to go where nothing in this run removes them. */
const LONGEST_WAIT_MS = 60_000

/**
 * Hosting that ends when its CNAMEs are gone. A domain is changed before the records that depend on it, so in the order of the
 * graph a CNAME would lead to nothing for a while. Where it still stands, the service keeps answering: until a
 * `dmarcreport_dns_records` has removed it, else until this run is over.
 */
export class HostingEnds {
  readonly #ends = new Set<End>()
  readonly #onFailure: (error: unknown) => void

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure
  }

  /** `run` turns hosting off. Where it fails, the next refresh shows that hosting is still on. */
  after(names: readonly string[], run: () => Promise<unknown>, wait = LONGEST_WAIT_MS): void {
    const end: End = { names: new Set(names), run, timer: undefined }
    end.timer = setTimeout(() => void this.#finish(end).catch(this.#onFailure), wait)
    end.timer.unref()
    this.#ends.add(end)
  }

  /** These records are gone. Rejects where hosting that waited for them could not be turned off. */
  async removed(names: readonly string[]): Promise<void> {
    const ready = [...this.#ends].filter((end) => {
      for (const name of names) end.names.delete(name)
      return end.names.size === 0
    })
    await Promise.all(ready.map((end) => this.#finish(end)))
  }

  /** The run is over: nothing removes the remaining records. */
  async settled(): Promise<void> {
    await Promise.all([...this.#ends].map((end) => this.#finish(end).catch(this.#onFailure)))
  }

  async #finish(end: End): Promise<void> {
    if (!this.#ends.delete(end)) return
    clearTimeout(end.timer)
    await end.run()
  }
}
