import type { CallOptions } from '../core/call.ts'
import type { VerifiableRecord } from '../enumerations.ts'

/** Options of a look at hosted MTA-STS. */
export interface VerifyMtaStsOptions extends CallOptions {
  /** Which record to look at; all of them when left out. */
  record?: VerifiableRecord | undefined
}
