import type { DomainSummary } from '../../shared/model.ts'

/**
 * What is known of the domains of a connection. Answers arrive in any order: a list or a verification that was requested
 * before a change may arrive after it, and shows the domain as it was. Such an answer does not replace what is newer.
 */
export class KnownDomains {
  #domains: ReadonlyMap<string, DomainSummary>
  #order = 0
  /** When the request was made that a domain is known from, or a change ended, in the order of `asking`. */
  readonly #since = new Map<string, number>()
  /** How many changes of a domain are under way. */
  readonly #changing = new Map<string, number>()

  constructor(domains: readonly DomainSummary[] = []) {
    this.#domains = new Map(domains.map((domain) => [domain.key, domain]))
  }

  get all(): readonly DomainSummary[] {
    return [...this.#domains.values()]
  }

  get(key: string): DomainSummary | undefined {
    return this.#domains.get(key)
  }

  /** The moment of a request, to be given with its answer. */
  asking(): number {
    return ++this.#order
  }

  /** Takes a list of all domains. `merge` combines a listed domain with what is known of it. */
  takeList(
    listed: readonly DomainSummary[],
    asked: number,
    merge: (known: DomainSummary | undefined, listed: DomainSummary) => DomainSummary,
  ): void {
    const next = new Map<string, DomainSummary>()
    for (const each of listed) {
      const known = this.#domains.get(each.key)
      if (!this.#isNewer(each.key, asked)) next.set(each.key, merge(known, each))
      else if (known) next.set(each.key, known)
    }
    // Created after the list was requested.
    for (const known of this.all) {
      if (!next.has(known.key) && this.#isNewer(known.key, asked)) next.set(known.key, known)
    }
    this.#domains = next
    for (const [key, since] of this.#since) if (since < asked) this.#since.delete(key)
  }

  /** Takes an answer about one domain, and returns what is known now: the answer, or what is newer. */
  take(domain: DomainSummary, asked: number): DomainSummary | undefined {
    if (!this.#isNewer(domain.key, asked)) this.#put(domain, asked)
    return this.#domains.get(domain.key)
  }

  /** Runs a change of a domain; no other answer about it is taken meanwhile. */
  async whileChanging<T>(key: string, change: () => Promise<T>): Promise<T> {
    this.#changing.set(key, (this.#changing.get(key) ?? 0) + 1)
    try {
      return await change()
    } finally {
      const rest = (this.#changing.get(key) ?? 0) - 1
      if (rest > 0) this.#changing.set(key, rest)
      else this.#changing.delete(key)
    }
  }

  /** Keeps what came of a change. */
  keep(domain: DomainSummary): void {
    this.#put(domain, this.asking())
  }

  remove(key: string): void {
    this.#since.set(key, this.asking())
    const domains = new Map(this.#domains)
    domains.delete(key)
    this.#domains = domains
  }

  #put(domain: DomainSummary, since: number): void {
    this.#since.set(domain.key, since)
    this.#domains = new Map(this.#domains).set(domain.key, domain)
  }

  #isNewer(key: string, asked: number): boolean {
    return this.#changing.has(key) || (this.#since.get(key) ?? 0) > asked
  }
}
