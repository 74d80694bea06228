import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import { deleteOnce } from '../core/delete-once.ts'
import { PagedList } from '../core/paged-list.ts'
import { readBack } from '../core/read-back.ts'
import type { CallOptions, Transport } from '../core/transport.ts'
import { asObject, text } from '../read/json.ts'
import {
  type DomainMembership,
  type DomainMemberships as DomainMembershipList,
  readAddedMemberships,
  readDomainMembership,
} from '../read/memberships.ts'
import type { CapabilitiesCache } from './capabilities.ts'
import type { IdOrSlug } from './id-or-slug.ts'

/** Which domains are in which account. A domain can be in several; moving one means adding it here and removing it there. */
export class DomainMemberships {
  readonly #transport: Transport
  readonly #capabilities: CapabilitiesCache

  constructor(transport: Transport, capabilities: CapabilitiesCache) {
    this.#transport = transport
    this.#capabilities = capabilities
  }

  /** All memberships of an account. */
  list(accountId: IdOrSlug, options: CallOptions = {}): ApiPromise<DomainMembershipList> {
    return apiPromise(options, async (options) => {
      let owner: string | undefined
      const list = new PagedList<DomainMembership>({
        key: 'account_managements',
        perPage: undefined,
        read: readDomainMembership,
        fetchPage: async (query) => {
          const params = { account_id: accountId }
          const answer = await this.#transport.call('listDomainMemberships', { params, query }, options)
          owner ??= text(asObject(answer.body)?.owner_email)
          return answer
        },
        wholeByDefault: async () => (await this.#capabilities.get(options)).has('paging'),
      })
      const memberships = await list.all()
      return { ...(owner !== undefined && { owner_email: owner }), memberships }
    })
  }

  /** One membership, by its own id. Throws `NotFoundError` when there is none. */
  get(accountId: IdOrSlug, membershipId: number, options: CallOptions = {}): ApiPromise<DomainMembership> {
    return apiPromise(options, async (options) => {
      const params = { account_id: accountId, id: membershipId }
      const answer = await this.#transport.call('getDomainMembership', { params }, options)
      return this.#transport.expected(readDomainMembership(answer.body), 'a domain membership', answer)
    })
  }

  /** Adds domains to an account. The vendor answers with one membership; a server that lists all of them is read in full. */
  add(accountId: IdOrSlug, domainIds: readonly number[], options: CallOptions = {}): ApiPromise<DomainMembership[]> {
    return apiPromise(options, async (options) => {
      const params = { account_id: accountId }
      const body = { domain_account: { account_attributes: { id: String(accountId), domain_ids: domainIds } } }
      const answer = await this.#transport.call('addDomainMemberships', { params, body }, options)
      const added =
        readAddedMemberships(answer.body) ??
        (await readBack(
          `The server answered ${answer.status} to adding domains to account ${accountId} without showing them`,
          answer,
          () => this.#those(accountId, domainIds, options),
        ))
      return this.#transport.shown(added, 'the domains as members of the account', answer)
    })
  }

  /** The memberships of these domains; undefined unless all are there. */
  async #those(accountId: IdOrSlug, domainIds: readonly number[], options: CallOptions) {
    const { memberships } = await this.list(accountId, options)
    const those = memberships.filter(({ domain_id }) => domainIds.includes(domain_id))
    return domainIds.every((id) => those.some(({ domain_id }) => domain_id === id)) ? those : undefined
  }

  /** By the id of the membership, not of the domain. Throws `OutcomeUnknownError` when the answer does not show that it is gone. */
  remove(accountId: IdOrSlug, membershipId: number, options: CallOptions = {}): ApiPromise<void> {
    return apiPromise(options, async (options) => {
      const params = { account_id: accountId, id: membershipId }
      await deleteOnce({
        what: `domain membership ${membershipId}`,
        send: () => this.#transport.call('removeDomainMembership', { params }, options),
        stillThere: async () => (await this.get(accountId, membershipId, options)) !== undefined,
      })
    })
  }
}
