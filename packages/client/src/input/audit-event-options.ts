import type { CallOptions } from '../core/transport.ts'
import type { IdOrSlug } from './id-or-slug.ts'

/** Which changes are wanted. */
export interface AuditEventOptions extends CallOptions {
  /** Only changes in this account. */
  accountId?: IdOrSlug
  /** Only changes of this domain, which may be deleted. */
  domainId?: number
  /** From 1, the latest changes first. @default 1 */
  page?: number
  /** Changes per page, at most 1000. @default 25 */
  perPage?: number
}
