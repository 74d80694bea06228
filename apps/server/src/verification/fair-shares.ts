import { getDomain } from 'tldts-icann'
import type { Store } from '../store/open-store.ts'
import { type DueDomain, dueDomains } from '../store/work.ts'
import type { ChooseWork } from '../workers/worker.ts'

export interface FairSharesOptions {
  store: Store
  /** Milliseconds since 1970. */
  now: () => number
  /** Slots that the domains of one tenant may take. */
  perTenant: number
  /** Slots that the domains below one registered domain may take: they share its name servers. */
  perZone: number
}

interface Share {
  tenant: number
  zone: string
}

/** Due domains read beyond the free slots, so that a few that are held back do not empty the choice. */
const spare = 16
/** Due domains of others that are looked through, at most so often. */
const deepLook = 256
const deepLookEvery = 1000

/**
 * Shares the slots of a worker: no tenant and no zone takes them all, however many of its domains are due or how slowly
 * its servers answer. The others wait for a slot for one look at most, not for a backlog.
 */
export function fairShares({ store, now, perTenant, perZone }: FairSharesOptions): ChooseWork {
  const shares = new Map<string, Share>()
  let lookedDeepAt = Number.NEGATIVE_INFINITY

  return async (free, running) => {
    for (const subject of shares.keys()) if (!running.has(subject)) shares.delete(subject)
    const subjects: string[] = []
    let heldBack = false

    const take = (due: readonly DueDomain[]) => {
      for (const { subject, tenant, address } of due) {
        if (subjects.length === free || running.has(subject) || shares.has(subject)) continue
        const share = { tenant, zone: getDomain(address) ?? address }
        if (slotsOf('tenant', tenant) >= perTenant || slotsOf('zone', share.zone) >= perZone) {
          heldBack = true
          continue
        }
        shares.set(subject, share)
        subjects.push(subject)
      }
    }
    const slotsOf = (party: 'tenant' | 'zone', value: number | string) =>
      [...shares.values()].filter((share) => share[party] === value).length

    take(await dueDomains(store, { now: now(), limit: free + spare, exceptTenants: [] }))
    if (heldBack && subjects.length < free && now() - lookedDeepAt >= deepLookEvery) {
      lookedDeepAt = now()
      const tenants = [...new Set([...shares.values()].map(({ tenant }) => tenant))]
      const exceptTenants = tenants.filter((tenant) => slotsOf('tenant', tenant) >= perTenant)
      take(await dueDomains(store, { now: now(), limit: deepLook, exceptTenants }))
    }
    return { subjects, heldBack }
  }
}
