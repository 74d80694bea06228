/** Packets that one look may send to one address, and to all of them. */
const mostToOne = 16
const mostToAll = 256

/** Packets for the questions about the names themselves. The rest is for finding the zones and for telling mistakes apart. */
const mostForNames = 144

/** Milliseconds. */
const lookTime = 10_000

export interface LookBudgetOptions {
  /** Names that are looked at together. Default 1. */
  names?: number
  /** Milliseconds for all of it. Default 10,000. */
  timeout?: number
}

/**
 * Bounds everything that one look sends and the time it takes: finding the zones, asking their servers, and every retry. The
 * owner of a zone chooses whom we ask, and must not be able to aim more than this at anybody.
 */
export class LookBudget {
  readonly #names: number
  readonly #timeout: number
  readonly #sent = new Map<string, number>()
  readonly #shared = new Map<string, unknown>()
  readonly #until: number
  #deadline: AbortSignal | undefined
  #all = 0

  constructor({ names = 1, timeout = lookTime }: LookBudgetOptions = {}) {
    this.#names = Math.max(1, names)
    this.#timeout = timeout
    this.#until = performance.now() + timeout
  }

  /** Aborts when the time is used up. */
  get deadline(): AbortSignal {
    this.#deadline ??= AbortSignal.timeout(Math.max(0, Math.ceil(this.left)))
    return this.#deadline
  }

  /** Milliseconds that are left. */
  get left(): number {
    return this.#until - performance.now()
  }

  /** Milliseconds for the whole look. */
  get timeout(): number {
    return this.#timeout
  }

  /** Addresses of a zone's name servers that each name can be asked at, two questions each. */
  get mostAddresses(): number {
    return Math.max(2, Math.floor(mostForNames / (2 * this.#names)))
  }

  /**
   * Counts one packet; false where it must not be sent. A server that whoever runs this has configured (a recursive resolver,
   * the server of a stub zone) is `ours`: nobody else can aim at it, and only the sum of all packets is limited.
   */
  take(address: string, ours: boolean): boolean {
    const sent = this.#sent.get(address) ?? 0
    if ((!ours && sent >= mostToOne) || this.#all >= mostToAll) return false
    this.#sent.set(address, sent + 1)
    this.#all++
    return true
  }

  /** Packets that may still be sent to an address. */
  leftFor(address: string): number {
    return Math.min(mostToOne - (this.#sent.get(address) ?? 0), mostToAll - this.#all)
  }

  /** What the parts of the look share, made once. */
  once<T>(key: string, make: () => T): T {
    if (!this.#shared.has(key)) this.#shared.set(key, make())
    return this.#shared.get(key) as T
  }
}
