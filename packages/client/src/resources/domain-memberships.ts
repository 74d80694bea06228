import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import type { CallOptions } from '../core/transport.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import { onDemand } from '../load-on-demand.ts'
import type { DomainMembership, DomainMemberships as DomainMembershipList } from '../memberships/read.ts'
import type { Session } from '../session/session.ts'

/** Which domains are in which account. A domain can be in several; moving one means adding it here and removing it there. */
export class DomainMemberships {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** All memberships of an account. */
  list(accountId: IdOrSlug, options: CallOptions = {}): ApiPromise<DomainMembershipList> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).listDomainMemberships(this.#session, accountId, options)
    })
  }

  /** One membership, by its own id. Throws `NotFoundError` when there is none. */
  get(accountId: IdOrSlug, membershipId: number, options: CallOptions = {}): ApiPromise<DomainMembership> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).getDomainMembership(this.#session, accountId, membershipId, options)
    })
  }

  /**
   * Adds domains to an account. The vendor answers with one membership; where the answer does not show every domain, the
   * account is read back.
   */
  add(accountId: IdOrSlug, domainIds: readonly number[], options: CallOptions = {}): ApiPromise<DomainMembership[]> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).addDomainMemberships(this.#session, accountId, domainIds, options)
    })
  }

  /** By the id of the membership, not of the domain. Throws `OutcomeUnknownError` when the answer does not show that it is gone. */
  remove(accountId: IdOrSlug, membershipId: number, options: CallOptions = {}): ApiPromise<void> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).removeDomainMembership(this.#session, accountId, membershipId, options)
    })
  }
}
