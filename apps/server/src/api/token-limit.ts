import { shareInFlight } from '@dmarc-as-code/primitives'
import type { Store } from '../store/open-store.ts'
import { leaseSlice } from '../store/token-budgets.ts'
import { noteTokenUse } from '../store/tokens.ts'

export interface TokenLimitOptions {
  store: Store
  perMinute: number
  /** Milliseconds since 1970. */
  now: () => number
}

/** Takes one request from the budget of a token. Seconds to wait where it is used up. */
export type TokenLimit = (tokenId: number) => Promise<number | undefined>

const minute = 60_000
/** A budget has at least this many slices, so that a busy token causes few writes a minute: one for each slice that it uses up. */
const slicesWanted = 20
/** A process that ends loses what is left of its slice until the minute is over; of a large budget that must not be much. */
const largestSlice = 1000

interface Lease {
  window: number
  /** Requests left of the slices leased. */
  left: number
  usedUp: boolean
}

/** The budget of requests per minute that all processes share: each leases a slice of it and spends it in memory. */
export function tokenLimit({ store, perMinute, now }: TokenLimitOptions): TokenLimit {
  const slice = Math.min(largestSlice, Math.max(1, Math.ceil(perMinute / slicesWanted)))
  const slices = Math.ceil(perMinute / slice)
  const leases = new Map<number, Lease>()
  const share = shareInFlight<void>()
  let swept = 0

  return async (tokenId) => {
    for (;;) {
      const window = Math.floor(now() / minute)
      sweep(window)
      const lease = leases.get(tokenId)
      if (lease?.window === window) {
        if (lease.left > 0) {
          lease.left -= 1
          return undefined
        }
        if (lease.usedUp) return Math.ceil(((window + 1) * minute - now()) / 1000)
      }
      await share(`${tokenId} ${window}`, () => extend(tokenId, window))
    }
  }

  async function extend(tokenId: number, window: number): Promise<void> {
    const number = await leaseSlice(store, { tokenId, window, slices })
    // The first use in this minute, as far as this process knows.
    if (leases.get(tokenId)?.window !== window) await noteTokenUse(store.db, tokenId, now())
    // The last slice is what the others leave.
    const granted = number === undefined ? 0 : Math.min(slice, perMinute - (number - 1) * slice)
    const lease = leases.get(tokenId)
    const left = lease?.window === window ? lease.left : 0
    leases.set(tokenId, { window, left: left + granted, usedUp: number === undefined })
  }

  /** Leases of earlier windows are worth nothing. */
  function sweep(window: number): void {
    if (swept === window) return
    swept = window
    for (const [tokenId, lease] of leases) if (lease.window !== window) leases.delete(tokenId)
  }
}
