import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import type { ListOptions } from '../core/list.ts'
import { PagedList } from '../core/paged-list.ts'
import type { CallOptions } from '../core/transport.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import type { IfVersion } from '../input/if-version.ts'
import type { CreateDomainInput, GenerateDmarcRecordInput, UpdateDomainInput } from '../input/inputs.ts'
import type { VerifyMtaStsOptions } from '../input/verify-options.ts'
import { onDemand } from '../load-on-demand.ts'
import { type Domain, readDomain } from '../read/domain.ts'
import type { GeneratedDmarcRecord } from '../read/generated-record.ts'
import { type HostedServices, readHostedServices } from '../read/hosted-services.ts'
import type { DmarcVerification, MtaStsVerification } from '../read/verification.ts'
import { domainAnswer, domainsOf, inAccount } from '../session/one-domain.ts'
import type { Session } from '../session/session.ts'
import { Accounts } from './accounts.ts'

/** Domains: list, create, change, delete, host and verify. */
export class Domains {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /**
   * Every domain of the user, over all accounts. The vendor's answer does not name the account of a domain.
   *
   * @example
   * const addresses = (await client.domains.list().all()).map((domain) => domain.address)
   */
  list(options: ListOptions & CallOptions = {}): PagedList<Domain> {
    return new PagedList({
      key: 'domains',
      perPage: options.perPage,
      read: readDomain,
      fetchPage: (query) => this.#session.transport.call('listAllDomains', { query }, options),
      wholeByDefault: () => this.#session.capabilities.announces('paging', options),
    })
  }

  /** The domains of one account. */
  listByAccount(accountId: IdOrSlug, options: ListOptions & CallOptions = {}): PagedList<Domain> {
    return domainsOf(this.#session, accountId, options, (value) => inAccount(readDomain(value), accountId))
  }

  /**
   * Every domain of the user, each once, with the account it is in. Takes one call where the server names accounts; elsewhere
   * one call more for the accounts and one for each of them. A domain that is in no account one may see has no `account_id`.
   */
  listWithAccounts(options: CallOptions = {}): ApiPromise<Domain[]> {
    return apiPromise(options, async (options) => {
      const domains = await this.list(options).all()
      if (domains.every((domain) => domain.account_id !== undefined)) return domains
      const accountOf = new Map<number, number>()
      for await (const account of new Accounts(this.#session).list(options)) {
        for await (const { id } of this.listByAccount(account.id, options)) {
          if (!accountOf.has(id)) accountOf.set(id, account.id)
        }
      }
      return domains.map((domain) => inAccount(domain, accountOf.get(domain.id) ?? '') ?? domain)
    })
  }

  /**
   * One domain. Throws `NotFoundError` when there is none.
   *
   * @example
   * const domain = await client.domains.get(7, 'example-com')
   */
  get(accountId: IdOrSlug, idOrSlug: IdOrSlug, options: CallOptions = {}): ApiPromise<Domain> {
    return apiPromise(options, async (options) => {
      return inAccount(readDomain(await domainAnswer(this.#session, accountId, idOrSlug, options)), accountId) as Domain
    })
  }

  /**
   * Creates a domain, once: the POST is repeated only if it provably had no effect, or if reading the account back twice,
   * with a pause between, shows that it had none. Every attempt carries the same `Idempotency-Key`. Throws `ConflictError`
   * for a duplicate and `OutcomeUnknownError` when reading back cannot tell.
   *
   * @example
   * const domain = await client.domains.create(7, { address: 'example.com', rua_report: true, ruf_report: false })
   */
  create(accountId: IdOrSlug, input: CreateDomainInput, options: CallOptions = {}): ApiPromise<Domain> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).createDomain(this.#session, accountId, input, options)
    })
  }

  /**
   * Changes a domain; what is left out keeps its value. Throws `UnsupportedError` before anything is sent when the server
   * does not announce that it carries out tags, `mta_sts_policy` or `take_over_current` on update, and `VersionConflictError`
   * where `ifVersion` is not the domain's version any more.
   *
   * @example
   * await client.domains.update(7, 'example-com', { hosted_dmarc: true })
   */
  update(
    accountId: IdOrSlug,
    id: IdOrSlug,
    input: UpdateDomainInput,
    options: CallOptions & IfVersion = {},
  ): ApiPromise<Domain> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).updateDomain(this.#session, accountId, id, input, options)
    })
  }

  /**
   * Deletes a domain, and makes sure of it where the answer does not show it (`OutcomeUnknownError`). Throws `NotFoundError` when there is none, and `UnsupportedError` when the server answers "not found"
   * to the deletion of a domain that is still there: its route is not in the vendor's documentation.
   */
  delete(accountId: IdOrSlug, id: IdOrSlug, options: CallOptions & IfVersion = {}): ApiPromise<void> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).deleteDomain(this.#session, accountId, id, options)
    })
  }

  /**
   * What is hosted, and the CNAMEs it needs with the state the server last saw.
   *
   * @example
   * const { cname_records } = await client.domains.hostedServices(7, 'example-com')
   * for (const { name, value } of cname_records) console.log(`${name}. CNAME ${value}.`)
   */
  hostedServices(accountId: IdOrSlug, id: IdOrSlug, options: CallOptions = {}): ApiPromise<HostedServices> {
    return apiPromise(options, async (options) => {
      const params = { account_id: accountId, domain_id: id }
      const { transport } = this.#session
      const answer = await transport.call('getHostedServices', { params }, options)
      return transport.expected(readHostedServices(answer.body), 'the hosted services of a domain', answer)
    })
  }

  /**
   * Lets the server look at the DMARC CNAME and the record behind it, now.
   *
   * @example
   * const { overall_status, checks } = await client.domains.verifyHostedDmarc(7, 'example-com')
   */
  verifyHostedDmarc(accountId: IdOrSlug, id: IdOrSlug, options: CallOptions = {}): ApiPromise<DmarcVerification> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).verifyHostedDmarc(this.#session, accountId, id, options)
    })
  }

  /** Lets the server look at the MTA-STS and TLS-RPT records and the policy file, now. */
  verifyHostedMtaSts(
    accountId: IdOrSlug,
    id: IdOrSlug,
    options: VerifyMtaStsOptions = {},
  ): ApiPromise<MtaStsVerification> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).verifyHostedMtaSts(this.#session, accountId, id, options)
    })
  }

  /** Makes a DMARC record with the service's report addresses in it, and publishes it if asked. */
  generateDmarcRecord(
    accountId: IdOrSlug,
    id: IdOrSlug,
    input: GenerateDmarcRecordInput,
    options: CallOptions & IfVersion = {},
  ): ApiPromise<GeneratedDmarcRecord> {
    return apiPromise(options, async (options) => {
      return (await onDemand()).generateDmarcRecord(this.#session, accountId, id, input, options)
    })
  }
}
