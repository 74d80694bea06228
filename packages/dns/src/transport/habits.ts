/** What a server does not take: EDNS, UDP, or anything. */
export interface Habit {
  readonly edns?: false | undefined
  readonly transport?: 'udp' | 'tcp' | undefined
  /** It answered neither over UDP nor over TCP. */
  readonly silent?: true | undefined
}

const most = 1000
/** Milliseconds. Servers are repaired. */
const lifetime = 600_000

/** What servers turned out not to take, for ten minutes and a thousand servers. Holds no answers. */
export class Habits {
  readonly #known = new Map<string, Habit & { until: number }>()
  readonly #clock: () => number

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock
  }

  of(server: { address: string; port: number }): Habit | undefined {
    if (this.#known.size === 0) return undefined
    const key = keyOf(server)
    const habit = this.#known.get(key)
    if (habit && habit.until > this.#clock()) return habit
    this.#known.delete(key)
    return undefined
  }

  learn(server: { address: string; port: number }, habit: Habit): void {
    const key = keyOf(server)
    this.#known.delete(key)
    this.#known.set(key, { ...habit, until: this.#clock() + lifetime })
    const [oldest] = this.#known.keys()
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest)
  }

  forget(server: { address: string; port: number }): void {
    this.#known.delete(keyOf(server))
  }
}

const keyOf = ({ address, port }: { address: string; port: number }) => `${address} ${port}`
