import type { Transport } from '../core/transport.ts'
import type { CapabilitiesCache } from './capabilities.ts'

/** What every operation of one client works with. */
export interface Session {
  readonly transport: Transport
  readonly capabilities: CapabilitiesCache
  /** Attempts after the first, where the call does not say. */
  readonly maxRetries: number
}
