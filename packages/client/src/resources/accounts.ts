import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import { deleteOnce } from '../core/delete-once.ts'
import { type ListOptions, PagedList } from '../core/paged-list.ts'
import { readBack } from '../core/read-back.ts'
import type { CallOptions, Transport } from '../core/transport.ts'
import { type Account, readAccount, readAccounts } from '../read/account.ts'
import type { CapabilitiesCache } from './capabilities.ts'
import type { IdOrSlug } from './id-or-slug.ts'
import type { CreateAccountInput } from './inputs.ts'

/** Accounts of the user, and those shared with the user. */
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
  find(idOrSlug: IdOrSlug, options: CallOptions = {}): ApiPromise<Account | undefined> {
    return apiPromise(options, async (options) => {
      for await (const account of this.list(options)) {
        if (String(account.id) === String(idOrSlug) || account.slug === idOrSlug) return account
      }
      return undefined
    })
  }

  /**
   * Creates an account. Titles need not be unique, so reading back could not tell a new account from an old one of the same
   * title; the POST is repeated only if it provably had no effect.
   */
  create(input: CreateAccountInput, options: CallOptions = {}): ApiPromise<Account> {
    return apiPromise(options, async (options) => {
      const answer = await this.#transport.call('createAccount', { body: { account: input } }, options)
      return this.#transport.shown(readAccount(answer.body), 'the new account', answer)
    })
  }

  /** Renames an account. */
  update(idOrSlug: IdOrSlug, input: { title: string }, options: CallOptions = {}): ApiPromise<Account> {
    return apiPromise(options, async (options) => {
      const call = { params: { id: idOrSlug }, body: { account: input } }
      const answer = await this.#transport.call('updateAccount', call, options)
      const shown = readAccount(answer.body)
      if (shown) return shown
      const said = `The server answered ${answer.status} to renaming account ${idOrSlug} without showing it`
      const account = await readBack(said, answer, () => this.find(idOrSlug, options))
      return this.#transport.shown(account?.title === input.title ? account : undefined, 'the renamed account', answer)
    })
  }

  /** Throws `NotFoundError` when there is none, `OutcomeUnknownError` when the answer does not show that it is gone. */
  delete(idOrSlug: IdOrSlug, options: CallOptions = {}): ApiPromise<void> {
    return apiPromise(options, async (options) => {
      await deleteOnce({
        what: `account ${idOrSlug}`,
        send: () => this.#transport.call('deleteAccount', { params: { id: idOrSlug } }, options),
        stillThere: async () => (await this.find(idOrSlug, options)) !== undefined,
      })
    })
  }
}
