import { shareInFlight } from '@dmarc-as-code/primitives'
import type { FindZoneOptions, HostedZone } from '../engine/types.ts'
import { isWithin } from '../wire/names.ts'

export interface ZoneLists<Zone extends HostedZone> {
  /** One page of all zones, from a position that the page before gave. */
  page(
    position: unknown,
    signal: AbortSignal | undefined,
  ): Promise<{ zones: readonly Zone[]; next?: unknown | undefined }>
  /** Every zone that can hold the name, asked for by name. */
  lookUp(name: string, signal: AbortSignal | undefined): Promise<readonly Zone[]>
  /** Names of one key are looked up by the same requests. */
  keyOf(name: string): string
  /** Milliseconds; only differences count. */
  clock(): number
}

/** How long a list counts. A zone made in the meantime is looked up by name, as soon as one is missed. */
const keptFor = 60_000
/** How many look-ups by name an account of unknown size gets before its zones are listed. */
const patience = 8

/**
 * The zones of an account. The list of a small account takes one request, and answers for every domain for a minute. Of a
 * larger one, a few domains are looked up by name; where more follow, the whole list costs less. So a fleet never asks
 * for more than twice the cheaper way.
 */
export class ZoneDirectory<Zone extends HostedZone> {
  readonly #lists: ZoneLists<Zone>
  readonly #shareList = shareInFlight<readonly Zone[] | undefined>()
  readonly #shareName = shareInFlight<readonly Zone[]>()
  #kept: { zones: readonly Zone[]; at: number } | undefined
  /** Pages of the whole list, as far as it is known. */
  #pages: number | undefined
  #patience = 0

  constructor(lists: ZoneLists<Zone>) {
    this.#lists = lists
  }

  /** Every zone that holds the name, in no order. */
  async holding(name: string, { signal, fresh = false }: FindZoneOptions = {}): Promise<readonly Zone[]> {
    const within = (zones: readonly Zone[]) => zones.filter((zone) => isWithin(name, zone.name))
    if (!fresh) {
      const listed = within((await this.#list(signal)) ?? [])
      if (listed.length > 0) return listed
    }
    return within(
      await this.#shareName(this.#lists.keyOf(name), () => {
        this.#patience--
        return this.#lists.lookUp(name, signal)
      }),
    )
  }

  /** The whole list, or undefined while asking by name is cheaper. */
  async #list(signal: AbortSignal | undefined): Promise<readonly Zone[] | undefined> {
    if (this.#kept && this.#lists.clock() - this.#kept.at < keptFor) return this.#kept.zones
    if (this.#kept) {
      this.#kept = undefined
      this.#patience = this.#pages ?? 0
    }
    if (this.#pages !== 1 && this.#patience > 0) return undefined
    return this.#shareList('zones', () => this.#read(signal))
  }

  async #read(signal: AbortSignal | undefined): Promise<readonly Zone[] | undefined> {
    const zones: Zone[] = []
    const at = this.#lists.clock()
    const firstTime = this.#pages === undefined
    let position: unknown
    let pages = 0
    do {
      signal?.throwIfAborted()
      const page = await this.#lists.page(position, signal)
      zones.push(...page.zones)
      position = page.next
      pages++
      if (firstTime && position !== undefined) {
        this.#pages = Number.POSITIVE_INFINITY
        this.#patience = patience
        return undefined
      }
    } while (position !== undefined)
    this.#pages = pages
    this.#kept = { zones, at }
    return zones
  }
}
