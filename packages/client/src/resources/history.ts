import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import type { CallOptions } from '../core/transport.ts'
import type { AuditEvent, StatusChange } from '../history/read.ts'
import type { AuditEventOptions } from '../input/audit-event-options.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import { onDemand } from '../load-on-demand.ts'
import type { Domain } from '../read/domain.ts'
import type { Session } from '../session/session.ts'

/** What happened to domains, and how to undo a deletion. Servers without the extension throw `UnsupportedError`. */
export class History {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** How the statuses of a domain have changed, the latest first. Needs the extension `status_changes`. */
  statusChanges(accountId: IdOrSlug, id: IdOrSlug, options: CallOptions = {}): ApiPromise<StatusChange[]> {
    return apiPromise(options, async (options) =>
      (await onDemand()).listStatusChanges(this.#session, accountId, id, options),
    )
  }

  /** One page of who changed what. Needs the extension `audit_events`. */
  auditEvents(options: AuditEventOptions = {}): ApiPromise<AuditEvent[]> {
    const { accountId, domainId, page, perPage, ...rest } = options
    const filter = {
      ...(accountId === undefined ? {} : { accountId }),
      ...(domainId === undefined ? {} : { domainId }),
      ...(page === undefined ? {} : { page }),
      ...(perPage === undefined ? {} : { perPage }),
    }
    return apiPromise(rest, async (options) => (await onDemand()).findAuditEvents(this.#session, filter, options))
  }

  /**
   * Undoes the deletion of a domain whose hosted records are kept for a while, by its number. Throws `NotFoundError` where they
   * are gone, and `ConflictError` where its address was added again. Needs the extension `restore`.
   */
  restoreDomain(accountId: IdOrSlug, id: number, options: CallOptions = {}): ApiPromise<Domain> {
    return apiPromise(options, async (options) =>
      (await onDemand()).restoreDomain(this.#session, accountId, id, options),
    )
  }
}
