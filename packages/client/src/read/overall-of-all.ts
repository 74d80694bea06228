import type { OverallStatus } from '../enumerations.ts'
import { overallOf } from './record-check.ts'
import type { DmarcVerification, MtaStsVerification } from './verification.ts'

/**
 * The worst verdict of several verifications; `ready` for none. A verdict that a part contradicts is not believed, and a word the
 * vendor may add tomorrow is not `ready`.
 */
export function overallOfAll(verifications: readonly (DmarcVerification | MtaStsVerification)[]): OverallStatus {
  const statuses = verifications.map(({ overall_status, checks }) =>
    overall_status === 'ready' ? overallOf(checks) : overall_status,
  )
  return (
    statuses.find((status) => status === 'action_required') ?? statuses.find((status) => status !== 'ready') ?? 'ready'
  )
}
