import { discoverZone } from '../observe/discover.ts'
import { ZoneLookupError } from '../observe/find-zone.ts'
import type { Resolver } from '../observe/resolver.ts'
import type { PlanOptions } from './plan.ts'

/**
 * For `PlanOptions.delegation`: asks the public tree which servers a zone is delegated to, so that a plan for a zone that
 * nobody sees is blocked. Where that cannot be found out (stub zones, blocked port 53) the plan goes on without.
 */
export function delegationFrom(resolver: Resolver): NonNullable<PlanOptions['delegation']> {
  return async (zone, { signal }) => {
    try {
      const found = await discoverZone({ name: zone, resolver, ...(signal ? { signal } : {}) })
      return found.zone === zone ? found.delegation : undefined
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof ZoneLookupError) return undefined
      throw error
    }
  }
}
