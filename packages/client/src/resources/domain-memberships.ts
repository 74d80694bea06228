import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import { confirm, type Judged } from '../core/confirm.ts'
import { deleteOnce } from '../core/delete-once.ts'
import { PagedList } from '../core/paged-list.ts'
import type { CallOptions, Transport } from '../core/transport.ts'
import { asObject, integer, text } from '../read/json.ts'
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
        wholeByDefault: () => this.#capabilities.announces('paging', options),
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

  /**
   * Adds domains to an account. The vendor answers with one membership; where the answer does not show every domain, the
   * account is read back.
   */
  add(accountId: IdOrSlug, domainIds: readonly number[], options: CallOptions = {}): ApiPromise<DomainMembership[]> {
    return apiPromise(options, async (options) => {
      const params = { account_id: accountId }
      const body = { domain_account: { account_attributes: { id: String(accountId), domain_ids: domainIds } } }
      const answer = await this.#transport.call('addDomainMemberships', { params, body }, options)
      const account = integer(accountId)
      const judge = (all: readonly DomainMembership[]): Judged<DomainMembership[]> => {
        const entry = all.filter(
          (each) => domainIds.includes(each.domain_id) && (account ?? each.account_id) === each.account_id,
        )
        const found = entry.map(({ domain_id }) => domain_id)
        const missing = domainIds.filter((id) => !found.includes(id))
        const differences = missing.length > 0 ? [{ field: 'domain_ids', asked: domainIds, found }] : []
        return { entry, differences, untold: [] }
      }
      const answered = readAddedMemberships(answer.body)
      return confirm({
        doing: `adding domains to account ${accountId}`,
        answer,
        shown: answered && judge(answered),
        look: async () => judge((await this.list(accountId, options)).memberships),
      })
    })
  }

  /** By the id of the membership, not of the domain. Throws `OutcomeUnknownError` when the answer does not show that it is gone. */
  remove(accountId: IdOrSlug, membershipId: number, options: CallOptions = {}): ApiPromise<void> {
    return apiPromise(options, async (options) => {
      const params = { account_id: accountId, id: membershipId }
      await deleteOnce({
        what: `domain membership ${membershipId}`,
        send: () => this.#transport.call('removeDomainMembership', { params }, options),
        // In the list, since "not found" for the one may be said of the route.
        stillThere: async () => (await this.list(accountId, options)).memberships.some(({ id }) => id === membershipId),
      })
    })
  }
}
