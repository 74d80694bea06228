import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import { onDemand } from '../core/load.ts'
import type { Session } from '../core/session.ts'
import type { CallOptions } from '../core/transport.ts'
import type { UserMembership, UserMemberships as UserMembershipList } from '../memberships/read.ts'
import type { IdOrSlug } from './id-or-slug.ts'

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
