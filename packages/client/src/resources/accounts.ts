import { deleteOnce } from '../core/delete-once.ts'
import { type ListOptions, PagedList } from '../core/paged-list.ts'
import type { CallOptions, Transport } from '../core/transport.ts'
import { type Account, readAccount, readAccounts } from '../read/account.ts'
import type { CapabilitiesCache } from './capabilities.ts'
import type { IdOrSlug } from './id-or-slug.ts'
import type { CreateAccountInput } from './inputs.ts'

export class Accounts {
  readonly #transport: Transport
  readonly #capabilities: CapabilitiesCache

  constructor(transport: Transport, capabilities: CapabilitiesCache) {
    this.#transport = transport
    this.#capabilities = capabilities
  }

  /** The user's own accounts and those shared with the user, each once. */
  list(options: ListOptions & CallOptions = {}): PagedList<Account> {
    return new PagedList<Account>({
      key: 'accounts',
      perPage: options.perPage,
      read: readAccount,
      readAll: readAccounts,
      fetchPage: (query) => this.#transport.call('listAccounts', { query }, options),
      wholeByDefault: async () => (await this.#capabilities.get(options)).has('paging'),
    })
  }

  /** One account, looked for in the list because the API has no route to show one. Undefined when there is none. */
  async find(idOrSlug: IdOrSlug, options: CallOptions = {}): Promise<Account | undefined> {
    for await (const account of this.list(options)) {
      if (String(account.id) === String(idOrSlug) || account.slug === idOrSlug) return account
    }
    return undefined
  }

  /**
   * Creates an account. Titles need not be unique, so reading back could not tell a new account from an old one of the same
   * title; the POST is repeated only if it provably had no effect.
   */
  async create(input: CreateAccountInput, options: CallOptions = {}): Promise<Account> {
    const answer = await this.#transport.call('createAccount', { body: { account: input } }, options)
    return this.#transport.shown(readAccount(answer.body), 'the new account', answer)
  }

  /** Renames an account. */
  async update(idOrSlug: IdOrSlug, input: { title: string }, options: CallOptions = {}): Promise<Account> {
    const call = { params: { id: idOrSlug }, body: { account: input } }
    const answer = await this.#transport.call('updateAccount', call, options)
    const shown = readAccount(answer.body)
    if (shown) return shown
    const account = await this.find(idOrSlug, options)
    return this.#transport.shown(account?.title === input.title ? account : undefined, 'the renamed account', answer)
  }

  /** Throws `NotFoundError` when there is none, `OutcomeUnknownError` when the answer does not show that it is gone. */
  async delete(idOrSlug: IdOrSlug, options: CallOptions = {}): Promise<void> {
    await deleteOnce({
      what: `account ${idOrSlug}`,
      send: () => this.#transport.call('deleteAccount', { params: { id: idOrSlug } }, options),
      stillThere: async () => (await this.find(idOrSlug, options)) !== undefined,
    })
  }
}
