import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import type { CallOptions } from '../core/transport.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import { onDemand } from '../load-on-demand.ts'
import type { UserMembership, UserMemberships as UserMembershipList } from '../memberships/read.ts'
import type { Session } from '../session/session.ts'

/** Who may use an account, and which areas of the product. */
export class UserMemberships {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** All memberships of an account. */
  list(accountId: IdOrSlug, options: CallOptions = {}): ApiPromise<UserMembershipList> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).listUserMemberships(this.#session, accountId, options)
    })
  }

  /** One membership, by its own id. Throws `NotFoundError` when there is none. */
  get(accountId: IdOrSlug, membershipId: number, options: CallOptions = {}): ApiPromise<UserMembership> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).getUserMembership(this.#session, accountId, membershipId, options)
    })
  }
}
