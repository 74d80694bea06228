import { dueOrders, type OrderLimits, roomForOrders } from '../store/certificate-orders.ts'
import type { Store } from '../store/open-store.ts'
import type { ChooseWork } from '../workers/worker.ts'

export interface FairOrdersOptions {
  store: Store
  limits: OrderLimits
  /** Milliseconds since 1970. */
  now: () => number
}

/**
 * Chooses the orders to make within the pace of the installation. While there is room for a few only, renewals come first, and
 * the tenants take turns: thousands of names of one tenant do not delay the first name of another.
 */
export function fairOrders({ store, limits, now }: FairOrdersOptions): ChooseWork {
  return async (free) => {
    const room = await roomForOrders(store.db, limits, now())
    // What is due and does not fit must not be polled for without a pause.
    const heldBack = room.first < free
    if (room.renewals === 0) return { subjects: [], heldBack }
    const due = await dueOrders(store, {
      now: now(),
      limit: Math.min(free, room.renewals),
      renewalsOnly: room.first === 0,
    })
    const renewals = due.filter(({ renewal }) => renewal === 1)
    const first = due.filter(({ renewal }) => renewal === 0).slice(0, Math.max(0, room.first - renewals.length))
    return { subjects: [...renewals, ...first].map(({ subject }) => subject), heldBack }
  }
}
