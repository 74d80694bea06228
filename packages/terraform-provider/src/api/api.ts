import {
  type Account,
  type DmarcReportClient,
  type Domain,
  type ManagedByInput,
  NotFoundError,
  type Tag,
} from '@dmarc-as-code/client'
import type { Reports } from '@dmarc-as-code/client/reports'
import { untilAborted } from '@dmarc-as-code/primitives'
import { DiagnosticError, isKnown, type Unknown } from '@dmarc-as-code/terraform-plugin'
import { canonicalAddress } from '../hosting/address.ts'
import { SharedAnswer } from './shared-answer.ts'

export interface ApiOptions {
  readonly client: DmarcReportClient
  /** The account of resources that name none: id, slug or title. Unknown while it is known only after apply. */
  readonly account: string | undefined | Unknown
  /** Where the code is that keeps the domains. */
  readonly managedBy?: ManagedByInput
}

interface Call {
  readonly signal: AbortSignal
}

/**
 * The API as all resources of one Terraform process share it: the client, and one list of everything instead of a call for
 * each resource. A refresh of a thousand domains reads them with one list call; any write makes the list stale.
 */
export class Api {
  readonly client: DmarcReportClient
  readonly managedBy: ManagedByInput | undefined
  readonly #account: string | undefined | Unknown
  readonly #accounts = new SharedAnswer<Account[]>()
  readonly #domains = new SharedAnswer<Map<number, Domain>>()
  readonly #tags = new SharedAnswer<Tag[]>()
  readonly #inAccount = new Map<number, SharedAnswer<Map<number, Domain>>>()
  readonly #atFirst = new Map<number, SharedAnswer<Map<string, Domain>>>()
  readonly #gone = new Set<string>()
  readonly #reported = new WeakSet<object>()
  #reports: Promise<Reports> | undefined

  constructor(options: ApiOptions) {
    this.client = options.client
    this.managedBy = options.managedBy
    this.#account = options.account
  }

  /** The account of the provider block, where it names one that is known. */
  get accountName(): string | undefined {
    return isKnown(this.#account) ? this.#account : undefined
  }

  /** The reports of the domains. Their code is loaded by the first question, and what was read is kept for the next one. */
  reports(): Promise<Reports> {
    this.#reports ??= import('@dmarc-as-code/client/reports').then(({ Reports }) => new Reports(this.client))
    return this.#reports
  }

  /** Every account the token can see. Asked for once. */
  accounts({ signal }: Call): Promise<Account[]> {
    return untilAborted(
      this.#accounts.get(() => this.client.accounts.list().all()),
      signal,
    )
  }

  /** Every domain the token can see, by its id. Asked for once, until something is written. */
  domains({ signal }: Call): Promise<Map<number, Domain>> {
    return untilAborted(
      this.#domains.get(() => this.client.domains.listWithAccounts().then(byId)),
      signal,
    )
  }

  /**
   * The domains, for a refresh of one resource among many; undefined where their list failed and another resource has reported that.
   * One failure that concerns all is one message: it fails the plan, and the others keep what they have.
   */
  domainsUnlessReported(call: Call): Promise<Map<number, Domain> | undefined> {
    return this.#unlessReported(this.domains(call), call)
  }

  /** Every domain of an account, by its id; fails where the token cannot access the account. */
  async domainsOf(accountId: number, call: Call): Promise<Map<number, Domain>> {
    try {
      return await untilAborted(this.#listOf(accountId), call.signal)
    } catch (error) {
      if (error instanceof NotFoundError) await this.requireAccess(accountId, call)
      throw error
    }
  }

  /**
   * The domain that this account had at an address, in canonical form, when it was first asked about, unless this process has
   * removed it since; undefined too where another resource has reported that the domains cannot be read. Its list is read once and not
   * after each write: what this process creates itself it knows without asking.
   */
  async foundAtFirst(accountId: number, address: string, call: Call): Promise<Domain | undefined> {
    const list = this.#atFirst.get(accountId) ?? new SharedAnswer<Map<string, Domain>>()
    this.#atFirst.set(accountId, list)
    const answer = list.get(() => this.#listOf(accountId).then(byAddress))
    const found = (await this.#unlessReported(untilAborted(answer, call.signal), call))?.get(address)
    return found && !this.#gone.has(membership(accountId, found.id)) ? found : undefined
  }

  /** To be called when a domain was deleted, or removed from this account. */
  gone(accountId: number, domainId: number): void {
    this.#gone.add(membership(accountId, domainId))
  }

  /** Every tag of the user. Asked for once, until one is written. */
  tags({ signal }: Call): Promise<Tag[]> {
    return untilAborted(
      this.#tags.get(() => this.client.tags.list().all()),
      signal,
    )
  }

  /** The tags, for one resource among many; undefined where their list failed and another resource has reported that. */
  tagsUnlessReported(call: Call): Promise<Tag[] | undefined> {
    return this.#unlessReported(this.tags(call), call)
  }

  /** To be called when a tag was written, or may have been: domains carry tags, so their list is stale too. */
  tagsChanged(): void {
    this.#tags.forget()
    this.stale()
  }

  /** To be called when an account was written, or may have been. */
  accountsChanged(): void {
    this.#accounts.forget()
    this.stale()
  }

  /** To be called when a domain was written, or may have been. Accounts stay as they are. */
  stale(): void {
    this.#domains.forget()
    this.#inAccount.clear()
  }

  /**
   * The account a resource names, else that of the provider, else the only one there is. `written` is where the user has named it,
   * for errors.
   */
  async accountId(reference: string | null | undefined, call: Call, written = '`account_id`'): Promise<number> {
    const wanted = reference ?? this.#knownAccount()
    if (wanted !== undefined && /^\d+$/.test(wanted)) return Number(wanted)
    const accounts = await this.accounts(call)
    if (wanted !== undefined) return this.#named(wanted, accounts, reference == null ? OF_PROVIDER : written)
    const [only, ...others] = accounts
    if (only && others.length === 0) return only.id
    throw new DiagnosticError(
      'Account not specified',
      `The token can access ${accounts.length === 0 ? 'no accounts' : `${accounts.length} accounts: ${listed(accounts)}`}. ` +
        'Set `account_id` on the resource or `account` in the provider block.',
    )
  }

  /**
   * The account of a resource that names none, as far as a plan can know it; undefined where it may be made in the same
   * apply. Fails where the apply would, once for all resources where the accounts cannot be read.
   */
  async plannedAccountId(call: Call): Promise<number | undefined> {
    const named = this.#account
    if (!isKnown(named)) return undefined
    const accounts = await this.#unlessReported(this.accounts(call), call)
    // An account that does not exist yet has no ID that could be known.
    if (named !== undefined && /^\d+$/.test(named)) {
      if (accounts && !accounts.some(({ id }) => String(id) === named)) this.#named(named, accounts, OF_PROVIDER)
      return Number(named)
    }
    // Without a name, one that is created in the same apply would be found by chance only.
    if (accounts?.length === 0 && named === undefined) return this.accountId(null, call)
    const found = accounts?.some(({ slug, title }) => named === undefined || slug === named || title === named)
    return found ? this.accountId(null, call) : undefined
  }

  /** The account with this ID, slug or title; undefined where there is none, or the accounts cannot be read. */
  async existingAccountId(reference: string, call: Call): Promise<number | undefined> {
    const accounts = await this.#unlessReported(this.accounts(call), call)
    const isIt = ({ id, slug, title }: Account) => String(id) === reference || slug === reference || title === reference
    return accounts?.some(isIt) ? this.accountId(reference, call) : undefined
  }

  /** Fails where the token can access no account with this ID, slug or title. */
  async requireKnownAccount(reference: string, call: Call): Promise<void> {
    const accounts = await this.#unlessReported(this.accounts(call), call)
    if (accounts && !accounts.some(({ id }) => String(id) === reference))
      this.#named(reference, accounts, '`account_id`')
  }

  /** The account to look in when a search names none: undefined for all. */
  async accountToSearch(reference: string | null | undefined, call: Call): Promise<number | undefined> {
    return reference == null && this.#knownAccount() === undefined ? undefined : this.accountId(reference, call)
  }

  /** The domain in this account, fresh from the server; undefined when there is none. */
  async fresh(accountId: number, reference: number | string, { signal }: Call): Promise<Domain | undefined> {
    try {
      return await this.withHosting(accountId, await this.client.domains.get(accountId, reference, { signal }), {
        signal,
      })
    } catch (error) {
      if (error instanceof NotFoundError) return undefined
      throw error
    }
  }

  /** Asks what the answer did not tell: the vendor shows hosting and CNAMEs in a call of their own only. */
  async withHosting(accountId: number, domain: Domain, { signal }: Call): Promise<Domain> {
    const told = domain.hosted_dmarc !== undefined && domain.hosted_mta_sts !== undefined
    const needsCnames = (domain.hosted_dmarc || domain.hosted_mta_sts) && domain.cname_records === undefined
    if (told && !needsCnames) return domain
    const { hosted_dmarc, hosted_mta_sts, cname_records } = await this.client.domains.hostedServices(
      accountId,
      domain.id,
      { signal },
    )
    return { ...domain, hosted_dmarc, hosted_mta_sts, cname_records }
  }

  /**
   * Fails where the token cannot access the account: what it contains is not gone then, only not visible. `stored` names the
   * object of the state that was not found.
   */
  async requireAccess(accountId: number, call: Call, stored?: string): Promise<void> {
    const accounts = await this.accounts(call)
    if (accounts.some(({ id }) => id === accountId)) return
    const visible = `token${ownerOf(accounts)}, can access ${listed(accounts) || 'no accounts'}`
    throw new DiagnosticError(
      `Account ${accountId} is not accessible`,
      stored === undefined
        ? `The ${visible}. Use the token that manages this account, or specify another account.`
        : `${stored} is in account ${accountId} according to the state, but the ${visible}. ` +
            'Use the token that manages this account. If the account was deleted, remove its objects from the state with `terraform state rm`.',
    )
  }

  /** The user of the token, as far as the accounts tell. */
  async user(call: Call): Promise<number | undefined> {
    return userOf(await this.accounts(call))
  }

  /** A domain by id, slug or address, looked for in the list of all (or of one account). */
  async find(reference: string, accountId: number | undefined, call: Call): Promise<Domain | undefined> {
    const domains = [
      ...(await (accountId === undefined ? this.domains(call) : this.domainsOf(accountId, call))).values(),
    ]
    const address = canonicalAddress(reference)
    const found = domains.filter(
      (domain) =>
        String(domain.id) === reference || domain.slug === reference || canonicalAddress(domain.address) === address,
    )
    const exact = found.find((domain) => String(domain.id) === reference)
    if (exact || found.length <= 1) return exact ?? found[0]
    throw new DiagnosticError(
      `"${reference}" exists in several accounts`,
      `Found ${found.map((domain) => `domain ${domain.id} in account ${domain.account_id ?? 'unknown'}`).join(', ')}. ` +
        'Specify the account as well (`account/address` in an import), or use the ID.',
    )
  }

  #listOf(accountId: number): Promise<Map<number, Domain>> {
    const list = this.#inAccount.get(accountId) ?? new SharedAnswer<Map<number, Domain>>()
    this.#inAccount.set(accountId, list)
    return list.get(() => this.client.domains.listByAccount(accountId).all().then(byId))
  }

  async #unlessReported<T>(answer: Promise<T>, { signal }: Call): Promise<T | undefined> {
    try {
      return await answer
    } catch (error) {
      if (typeof error !== 'object' || error === null || signal.aborted) throw error
      if (this.#reported.has(error)) return undefined
      this.#reported.add(error)
      throw error
    }
  }

  /** An account that is known only after apply is not none: any other would be the wrong one. */
  #knownAccount(): string | undefined {
    if (isKnown(this.#account)) return this.#account
    throw new DiagnosticError(
      'Account not known yet',
      '`account` in the provider block depends on a value that is known only after apply. Set `account_id` here, or use an input variable for `account`.',
    )
  }

  /** `where` says what the user has written it into. */
  #named(wanted: string, accounts: readonly Account[], where: string): number {
    const bySlug = accounts.find(({ slug }) => slug === wanted)
    const byTitle = accounts.filter(({ title }) => title === wanted)
    const found = bySlug ?? (byTitle.length === 1 ? byTitle[0] : undefined)
    if (found) return found.id
    throw new DiagnosticError(
      byTitle.length > 1 ? `Several accounts have the title "${wanted}"` : `Account "${wanted}" not found`,
      `${where} is "${wanted}"; the token can access ${listed(accounts) || 'no accounts'}. Use the ID or slug of one of these accounts.`,
    )
  }
}

const OF_PROVIDER = '`account` of the provider block'

/** Whoever owns an account that the token can list as its own. */
const userOf = (accounts: readonly Account[]) =>
  accounts.find(({ owned, user_id }) => owned !== false && user_id !== undefined)?.user_id

const ownerOf = (accounts: readonly Account[]) => {
  const user = userOf(accounts)
  return user === undefined ? ', whose user the API does not name' : `, which belongs to user ${user}`
}

const byAddress = (domains: ReadonlyMap<number, Domain>) =>
  new Map([...domains.values()].map((domain) => [canonicalAddress(domain.address), domain]))

const membership = (accountId: number, domainId: number) => `${accountId}/${domainId}`

const byId = (domains: readonly Domain[]) => new Map(domains.map((domain) => [domain.id, domain]))

const listed = (accounts: readonly Account[]) =>
  accounts
    .slice(0, 10)
    .map(({ id, slug, title }) => `${title} (ID ${id}, slug ${slug})`)
    .join(', ') + (accounts.length > 10 ? `, and ${accounts.length - 10} more` : '')
