import { ZoneLookupError } from '../observe/find-zone.ts'
import type { Resolver } from '../observe/resolver.ts'
import { discoverZone } from '../observe/zone-discovery.ts'
import type { PlanOptions } from './plan.ts'

const enoughFailures = 16

/**
 * For `PlanOptions.delegation`: asks the public tree which servers a zone is delegated to, so that a plan for a zone that
 * nobody sees is blocked. Where that cannot be found out (stub zones, blocked port 53) the plan goes on without; after 16
 * zones with none found out it no longer asks, or a fleet would wait for minutes.
 */
export function delegationFrom(resolver: Resolver): NonNullable<PlanOptions['delegation']> {
  let inVain = 0
  return async (zone, { signal }) => {
    if (inVain >= enoughFailures) return undefined
    inVain++
    try {
      const found = await discoverZone({ name: zone, resolver, ...(signal ? { signal } : {}) })
      if (found.delegation) inVain = Number.NEGATIVE_INFINITY
      return found.zone === zone ? found.delegation : undefined
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof ZoneLookupError) return undefined
      throw error
    }
  }
}
