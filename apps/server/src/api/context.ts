import type { RandomBytes } from '../rules/secrets.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import type { Store } from '../store/open-store.ts'
import type { Service } from '../store/verifications.ts'
import type { ServiceLook } from '../workers/look.ts'

/** Looks at a domain's records for real. At most one fresh look per interval; in between the last one is the answer. */
export type LookAt = (domainId: number, service: Service) => Promise<ServiceLook>

/** What the routes work with. */
export interface ApiContext {
  store: Store
  zone: HostedZone
  /** Milliseconds since 1970. */
  now: () => number
  random: RandomBytes
  lookAt: LookAt
  /** How many times as often as planned looks come by schedule. */
  pace: number
  /** Tells the workers that there is something to publish, so that nobody waits for their next round. */
  published: () => void
  /** Whether the parts beside the database are up, by name. */
  readiness: () => Promise<Record<string, boolean>>
  version: string
}
