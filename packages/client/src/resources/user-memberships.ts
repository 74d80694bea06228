import type { CallOptions, Transport } from '../core/transport.ts'
import {
  readUserMembership,
  readUserMemberships,
  type UserMembership,
  type UserMemberships as UserMembershipList,
} from '../read/memberships.ts'
import type { IdOrSlug } from './id-or-slug.ts'

/** Who may use an account, and which areas of the product. */
export class UserMemberships {
  readonly #transport: Transport

  constructor(transport: Transport) {
    this.#transport = transport
  }

  async list(accountId: IdOrSlug, options: CallOptions = {}): Promise<UserMembershipList> {
    const answer = await this.#transport.call('listUserMemberships', { params: { account_id: accountId } }, options)
    return this.#transport.expected(readUserMemberships(answer.body), 'the user memberships of an account', answer)
  }

  async get(accountId: IdOrSlug, membershipId: number, options: CallOptions = {}): Promise<UserMembership> {
    const params = { account_id: accountId, id: membershipId }
    const answer = await this.#transport.call('getUserMembership', { params }, options)
    return this.#transport.expected(readUserMembership(answer.body), 'a user membership', answer)
  }
}
