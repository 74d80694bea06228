import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import { confirm, judge } from '../core/confirm.ts'
import { deleteOnce } from '../core/delete-once.ts'
import { OutcomeUnknownError } from '../core/errors.ts'
import { type ListOptions, PagedList } from '../core/paged-list.ts'
import type { CallOptions, Transport } from '../core/transport.ts'
import { withCall } from '../core/with-call.ts'
import { type Account, readAccount, readAccounts } from '../read/account.ts'
import { integer } from '../read/json.ts'
import type { CapabilitiesCache } from './capabilities.ts'
import type { IdOrSlug } from './id-or-slug.ts'
import type { CreateAccountInput } from './inputs.ts'

/** So far the clocks of a server and of its database may be apart, in milliseconds. */
const minute = 60_000

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
      wholeByDefault: () => this.#capabilities.announces('paging', options),
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
      const account = this.#transport.shown(readAccount(answer.body), 'the new account', answer)
      const created = Date.parse(account.created_at ?? '')
      // An account that was there long before is not the new one, whatever its title.
      if (
        options.idempotencyKey === undefined &&
        Date.parse(answer.headers.date ?? '') - answer.elapsed - created > minute
      ) {
        throw withCall(
          new OutcomeUnknownError(
            `The server answered ${answer.status} to creating account ${input.title} with the one of id ${account.id}, which exists since ${account.created_at}. Look at it before trying again.`,
            { found: account },
          ),
          answer,
        )
      }
      const look = async () => judge(await this.find(account.id, options), input)
      return confirm({ doing: `creating account ${input.title}`, answer, shown: judge(account, input), look })
    })
  }

  /** Renames an account. */
  update(idOrSlug: IdOrSlug, input: { title: string }, options: CallOptions = {}): ApiPromise<Account> {
    return apiPromise(options, async (options) => {
      const call = { params: { id: idOrSlug }, body: { account: input } }
      const answer = await this.#transport.call('updateAccount', call, options)
      const shown = readAccount(answer.body)
      // A new title may come with a new slug.
      const isIt = (integer(idOrSlug) ?? shown?.id) === shown?.id
      const look = async () => judge(await this.find(isIt ? (shown?.id ?? idOrSlug) : idOrSlug, options), input)
      return confirm({
        doing: `renaming account ${idOrSlug}`,
        answer,
        shown: isIt ? judge(shown, input) : undefined,
        look,
      })
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
