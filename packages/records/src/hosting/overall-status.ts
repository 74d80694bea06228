import type { CnameReason, PolicyFileReason } from '../reasons/catalogue.ts'
import type { CnameStatus, OverallStatus, PolicyFileStatus, TxtStatus } from '../reasons/statuses.ts'

/** The states of the parts that are judged together. Unknown words count as not right. */
export interface OverallInput {
  /** The customer's CNAMEs. */
  readonly cnames: readonly (CnameStatus | (string & {}))[]
  /** The records behind them. */
  readonly txts?: readonly (TxtStatus | (string & {}))[]
  /** Leave out where no policy file belongs to the part that is judged. */
  readonly policyFile?: {
    readonly status: PolicyFileStatus | (string & {})
    readonly reason?: PolicyFileReason | CnameReason | (string & {}) | null | undefined
  }
}

/**
 * The state of a domain, or of any part of it, in the API's words. The owner's tasks come first: with a CNAME missing or
 * wrong it is `action_required`, whatever else is on its way.
 *
 * A policy file that is `unreachable` behind verified CNAMEs is the host's to fix and makes the whole `pending`; only
 * when the domain's CAA records forbid the certificate must the owner act.
 *
 * @example
 * overallStatus({ cnames: ['verified'], txts: ['queued'] }) // pending
 */
export function overallStatus({ cnames, txts = [], policyFile }: OverallInput): OverallStatus {
  if (cnames.some((status) => status !== 'verified')) return 'action_required'
  if (policyFile?.status === 'unreachable' && policyFile.reason === 'caa-blocks') return 'action_required'
  if (txts.some((status) => status !== 'published')) return 'pending'
  if (policyFile && policyFile.status !== 'active') return 'pending'
  return 'ready'
}
