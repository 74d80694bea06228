import { ZoneLookupError } from '../observe/find-zone.ts'
import type { Resolver } from '../observe/resolver.ts'
import { discoverZone } from '../observe/zone-discovery.ts'
import type { FindDelegation } from './elsewhere.ts'

const enoughFailures = 16

/**
 * For `PlanOptions.delegation`: asks the public tree which servers a zone is delegated to, so that a plan for a zone that
 * others answer for is blocked, and one for a zone that nobody answers for says so. Where that cannot be found out (stub zones, blocked port 53) the plan goes on without; after 16
 * zones with none found out it no longer asks, or a fleet would wait for minutes.
 */
export function delegationFrom(resolver: Resolver): FindDelegation {
  let inVain = 0
  return async (zone, { signal }) => {
    if (inVain >= enoughFailures) return undefined
    inVain++
    try {
      const found = await discoverZone({ name: zone, resolver, ...(signal ? { signal } : {}) })
      const unknown = found.zone === zone && found.delegation === undefined
      if (!unknown) inVain = Number.NEGATIVE_INFINITY
      return found.zone === zone ? found.delegation : []
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof ZoneLookupError) return undefined
      throw error
    }
  }
}
