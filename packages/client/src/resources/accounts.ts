import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import type { ListOptions } from '../core/list.ts'
import { PagedList } from '../core/paged-list.ts'
import type { CallOptions } from '../core/transport.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import type { CreateAccountInput } from '../input/inputs.ts'
import { onDemand } from '../load-on-demand.ts'
import { type Account, readAccount, readAccounts } from '../read/account.ts'
import type { Session } from '../session/session.ts'

/** Accounts of the user, and those shared with the user. */
export class Accounts {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** The user's own accounts and those shared with the user, each once. */
  list(options: ListOptions & CallOptions = {}): PagedList<Account> {
    return new PagedList<Account>({
      key: 'accounts',
      perPage: options.perPage,
      read: readAccount,
      readAll: readAccounts,
      fetchPage: (query) => this.#session.transport.call('listAccounts', { query }, options),
      wholeByDefault: () => this.#session.capabilities.announces('paging', options),
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
      return (await onDemand()).createAccount(this.#session, input, options, (which) => this.find(which, options))
    })
  }

  /** Renames an account. */
  update(idOrSlug: IdOrSlug, input: { title: string }, options: CallOptions = {}): ApiPromise<Account> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).updateAccount(this.#session, idOrSlug, input, options, (which) =>
        this.find(which, options),
      )
    })
  }

  /** Throws `NotFoundError` when there is none, `OutcomeUnknownError` when the answer does not show that it is gone. */
  delete(idOrSlug: IdOrSlug, options: CallOptions = {}): ApiPromise<void> {
    return apiPromise(options, async (options) => {
      await (await onDemand()).deleteAccount(this.#session, idOrSlug, options, (which) => this.find(which, options))
    })
  }
}
