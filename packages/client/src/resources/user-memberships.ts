import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import { PagedList } from '../core/paged-list.ts'
import type { CallOptions, Transport } from '../core/transport.ts'
import { asObject, text } from '../read/json.ts'
import {
  readUserMembership,
  type UserMembership,
  type UserMemberships as UserMembershipList,
} from '../read/memberships.ts'
import type { CapabilitiesCache } from './capabilities.ts'
import type { IdOrSlug } from './id-or-slug.ts'

/** Who may use an account, and which areas of the product. */
export class UserMemberships {
  readonly #transport: Transport
  readonly #capabilities: CapabilitiesCache

  constructor(transport: Transport, capabilities: CapabilitiesCache) {
    this.#transport = transport
    this.#capabilities = capabilities
  }

  /** All memberships of an account. */
  list(accountId: IdOrSlug, options: CallOptions = {}): ApiPromise<UserMembershipList> {
    return apiPromise(options, async (options) => {
      let owner: string | undefined
      const list = new PagedList<UserMembership>({
        key: 'user_accounts',
        perPage: undefined,
        read: readUserMembership,
        fetchPage: async (query) => {
          const params = { account_id: accountId }
          const answer = await this.#transport.call('listUserMemberships', { params, query }, options)
          owner ??= text(asObject(answer.body)?.account_owner_email)
          return answer
        },
        wholeByDefault: () => this.#capabilities.announces('paging', options),
      })
      const memberships = await list.all()
      return { ...(owner !== undefined && { account_owner_email: owner }), memberships }
    })
  }

  /** One membership, by its own id. Throws `NotFoundError` when there is none. */
  get(accountId: IdOrSlug, membershipId: number, options: CallOptions = {}): ApiPromise<UserMembership> {
    return apiPromise(options, async (options) => {
      const params = { account_id: accountId, id: membershipId }
      const answer = await this.#transport.call('getUserMembership', { params }, options)
      return this.#transport.expected(readUserMembership(answer.body), 'a user membership', answer)
    })
  }
}
