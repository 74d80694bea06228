import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import { confirm, inWords } from '../core/confirm.ts'
import { createOnce } from '../core/create-once.ts'
import { deleteOnce } from '../core/delete-once.ts'
import { NotFoundError, OutcomeUnknownError, UnexpectedAnswerError, UnsupportedError } from '../core/errors.ts'
import { withIdempotencyKey } from '../core/idempotency-key.ts'
import { type IfVersion, withIfMatch } from '../core/if-version.ts'
import { type ListOptions, PagedList } from '../core/paged-list.ts'
import { type CallOptions, followsCutOff, type Transport } from '../core/transport.ts'
import { withCall } from '../core/with-call.ts'
import type { ExtensionName, VerifiableRecord } from '../enumerations.ts'
import { type Domain, domainFields, readDomain } from '../read/domain.ts'
import { type GeneratedDmarcRecord, readGeneratedRecord } from '../read/generated-record.ts'
import { type HostedServices, readHostedServices } from '../read/hosted-services.ts'
import { integer, type Json } from '../read/json.ts'
import {
  type DmarcVerification,
  type MtaStsVerification,
  readDmarcVerification,
  readMtaStsVerification,
} from '../read/verification.ts'
import { Accounts } from './accounts.ts'
import type { CapabilitiesCache } from './capabilities.ts'
import { comparableHost, generatedOtherwise, judgeDomain, showsRecord } from './domain-shows.ts'
import type { IdOrSlug } from './id-or-slug.ts'
import { type CreateDomainInput, type GenerateDmarcRecordInput, type UpdateDomainInput, wirePolicy } from './inputs.ts'
import { AssumedRoutes } from './verify-route.ts'

/** Options of a look at hosted MTA-STS. */
export interface VerifyMtaStsOptions extends CallOptions {
  /** Which record to look at; all of them when left out. */
  record?: VerifiableRecord | undefined
}

/** The parts of an update only some servers carry out; others may drop them without a word. */
const updateExtensions: readonly (readonly [keyof UpdateDomainInput, ExtensionName])[] = [
  ['tag_ids', 'tags_on_update'],
  ['tag_names', 'tags_on_update'],
  ['mta_sts_policy', 'mta_sts_policy_on_update'],
  ['take_over_current', 'take_over_current'],
]

/** Fields that only inform the server; they are left out where the server does not keep them. */
const noteExtensions = [
  ['managed_by', 'managed_by'],
  ['allow_weaker', 'effect'],
] as const satisfies readonly (readonly [keyof UpdateDomainInput, ExtensionName])[]

/** Domains: list, create, change, delete, host and verify. */
export class Domains {
  readonly #transport: Transport
  readonly #capabilities: CapabilitiesCache
  readonly #maxRetries: number
  readonly #assumed: AssumedRoutes

  constructor(transport: Transport, capabilities: CapabilitiesCache, maxRetries: number) {
    this.#transport = transport
    this.#capabilities = capabilities
    this.#maxRetries = maxRetries
    this.#assumed = new AssumedRoutes(transport)
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
      fetchPage: (query) => this.#transport.call('listAllDomains', { query }, options),
      wholeByDefault: () => this.#capabilities.announces('paging', options),
    })
  }

  /** The domains of one account. */
  listByAccount(accountId: IdOrSlug, options: ListOptions & CallOptions = {}): PagedList<Domain> {
    return this.#inAccount(accountId, options, (value) => inAccount(readDomain(value), accountId))
  }

  #inAccount<Entry extends { id: number }>(
    accountId: IdOrSlug,
    options: ListOptions & CallOptions,
    read: (value: unknown) => Entry | undefined,
  ): PagedList<Entry> {
    return new PagedList({
      key: 'domains',
      perPage: options.perPage,
      read,
      fetchPage: (query) => this.#transport.call('listDomains', { params: { account_id: accountId }, query }, options),
      wholeByDefault: () => this.#capabilities.announces('paging', options),
    })
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
      for await (const account of new Accounts(this.#transport, this.#capabilities).list(options)) {
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
      return inAccount(readDomain(await this.#fields(accountId, idOrSlug, options)), accountId) as Domain
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
      const asked = await this.#withoutUnknownNotes(input, options)
      const body = { domain: onTheWire(asked) }
      const params = { account_id: accountId }
      const keyed = withIdempotencyKey(options)
      const judge = (answer: unknown) => {
        const judged = judgeDomain(answer, asked)
        const entry = inAccount(judged?.entry, accountId)
        return judged && entry && { ...judged, entry }
      }
      const isIt = ({ address }: Domain) => comparableHost(address) === comparableHost(input.address)
      return createOnce<Domain>(
        this.#transport,
        options.maxRetries ?? this.#maxRetries,
        {
          what: `domain ${input.address} in account ${accountId}`,
          post: () => this.#transport.call('createDomain', { params, body }, keyed),
          judge,
          isIt,
          list: async () => {
            const read = (value: unknown) => {
              const judged = judge(value)
              return judged && { id: judged.entry.id, judged }
            }
            const all = await this.#inAccount(accountId, options, read).all()
            return all.map(({ judged }) => judged).filter(({ entry }) => isIt(entry))
          },
          get: async (id) => judge(await this.#fields(accountId, id, options)),
          keyed:
            keyed.idempotencyKey !== undefined && (await this.#capabilities.announces('idempotency_keys', options)),
        },
        options,
      )
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
      for (const [field, extension] of updateExtensions) {
        if (input[field] === undefined) continue
        if ((await this.#capabilities.get(options)).has(extension)) continue
        throw new UnsupportedError(
          `This server does not change ${field} of an existing domain (it does not announce ${extension}). ` +
            `${field === 'take_over_current' ? 'Send the record and the policy to host' : 'Change it in the web app, or delete the domain and create it again'}.`,
          { extension },
        )
      }
      const asked = await this.#withoutUnknownNotes(input, options)
      const params = { account_id: accountId, id }
      const judge = (answer: unknown) => {
        const judged = judgeDomain(answer, asked)
        const entry = inAccount(judged?.entry, accountId)
        return judged && entry && isAsked(entry, id) ? { ...judged, entry } : undefined
      }
      const look = async () => {
        const fields = await this.#fields(accountId, id, options)
        const judged = judge(fields)
        if (!judged?.untold.some((field) => field === 'hosted_dmarc' || field === 'hosted_mta_sts')) return judged
        // Where a domain does not tell whether it is hosted, its hosted services do.
        const { hosted_dmarc, hosted_mta_sts } = await this.hostedServices(accountId, id, options)
        return judge({ ...fields, hosted_dmarc, hosted_mta_sts })
      }
      const doing = `updating domain ${id}`
      const call = { params, body: { domain: onTheWire(asked) } }
      const answer = await this.#transport.call('updateDomain', call, withIfMatch(options)).catch(async (refusal) => {
        // What is refused now may be what the attempt that was cut off has done.
        const seen = followsCutOff(refusal) ? await look().catch(() => undefined) : undefined
        if (!seen || seen.differences.length + seen.untold.length > 0) throw refusal
        return seen.entry
      })
      if ('address' in answer) return answer
      return confirm({ doing, answer, shown: judge(answer.body), look })
    })
  }

  /** A domain as its own route answers it. */
  async #fields(accountId: IdOrSlug, id: IdOrSlug, options: CallOptions): Promise<Json> {
    const answer = await this.#transport.call('getDomain', { params: { account_id: accountId, id } }, options)
    const domain = readDomain(answer.body)
    return this.#transport.expected(
      domain && isAsked(domain, id) ? domainFields(answer.body) : undefined,
      `domain ${id}`,
      answer,
    )
  }

  /** `managed_by` and `allow_weaker` only go to a server that keeps them. */
  async #withoutUnknownNotes<Input extends UpdateDomainInput | CreateDomainInput>(
    input: Input,
    options: CallOptions,
  ): Promise<Input> {
    const kept: Record<string, unknown> = { ...input }
    for (const [field, extension] of noteExtensions) {
      if (kept[field] === undefined) continue
      if (!(await this.#capabilities.get(options)).has(extension)) delete kept[field]
    }
    return kept as Input
  }

  /**
   * Deletes a domain, and makes sure of it where the answer does not show it (`OutcomeUnknownError`). Throws `NotFoundError` when there is none, and `UnsupportedError` when the server answers "not found"
   * to the deletion of a domain that is still there: its route is not in the vendor's documentation.
   */
  delete(accountId: IdOrSlug, id: IdOrSlug, options: CallOptions & IfVersion = {}): ApiPromise<void> {
    return apiPromise(options, async (options) => {
      const params = { account_id: accountId, id }
      try {
        await deleteOnce({
          what: `domain ${id}`,
          send: () => this.#transport.call('deleteDomain', { params }, withIfMatch(options)),
          stillThere: async () => (await this.get(accountId, id, options)) !== undefined,
        })
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error
        const domain = await this.get(accountId, id, options)
        throw new UnsupportedError(
          `This server has no ${error.method} ${error.path}: domain ${domain.address} is still there. ` +
            'Delete it in the web app.',
          { cause: error, extension: 'delete', route: 'deleteDomain' },
        )
      }
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
      const answer = await this.#transport.call('getHostedServices', { params }, options)
      return this.#transport.expected(readHostedServices(answer.body), 'the hosted services of a domain', answer)
    })
  }

  /**
   * Lets the server look at the DMARC CNAME and the record behind it, now.
   *
   * @example
   * const { overall_status, checks } = await client.domains.verifyHostedDmarc(7, 'example-com')
   */
  verifyHostedDmarc(accountId: IdOrSlug, id: IdOrSlug, options: CallOptions = {}): ApiPromise<DmarcVerification> {
    return apiPromise(options, (options) => {
      const params = { account_id: accountId, domain_id: id }
      return this.#assumed.call(
        'verifyHostedDmarc',
        { params },
        options,
        ({ body }) => readDmarcVerification(body),
        () => this.get(accountId, id, options),
      )
    })
  }

  /** Lets the server look at the MTA-STS and TLS-RPT records and the policy file, now. */
  verifyHostedMtaSts(
    accountId: IdOrSlug,
    id: IdOrSlug,
    options: VerifyMtaStsOptions = {},
  ): ApiPromise<MtaStsVerification> {
    return apiPromise(options, (options) => {
      const params = { account_id: accountId, domain_id: id }
      // In the query, which Rails reads for any method.
      const query = { record: options.record }
      return this.#assumed.call(
        'verifyHostedMtaSts',
        { params, query },
        options,
        ({ body }) => readMtaStsVerification(body, options.record),
        () => this.get(accountId, id, options),
      )
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
      const params = { account_id: accountId, domain_id: id }
      // The same record published twice is the same record, so this POST may be repeated.
      const answer = await this.#transport.call(
        'generateDmarcRecord',
        { params, body: input },
        withIfMatch(options),
        'always',
      )
      const generated = this.#transport.expected(readGeneratedRecord(answer.body), 'a generated DMARC record', answer)
      const differences = generatedOtherwise(input, generated)
      if (input.publish && generated.published === undefined) {
        const found = (await this.get(accountId, id, options)).current_dmarc_config
        if (found !== undefined && !showsRecord(found ?? '', generated.dmarc_record)) {
          differences.push({ field: 'publish', asked: generated.dmarc_record, found })
        }
      }
      if (differences.length === 0) return generated
      const said = `The server answered ${answer.status} to generating a record for domain ${id}, but ${inWords(differences)}.`
      throw withCall(
        input.publish
          ? new OutcomeUnknownError(`${said} Look at it before trying again.`, { differences, found: generated })
          : new UnexpectedAnswerError(said),
        answer,
      )
    })
  }
}

/** Names the account where the answer does not and the caller knows it by number. */
function inAccount(domain: Domain | undefined, accountId: IdOrSlug): Domain | undefined {
  const account = integer(accountId)
  return domain && domain.account_id === undefined && account !== undefined
    ? { ...domain, account_id: account }
    : domain
}

/** Whether an answer is about the domain that was named. An older slug may lead to a domain that has another one now. */
function isAsked({ id, slug }: Domain, named: IdOrSlug): boolean {
  const number = integer(named)
  return number === undefined || number === id || slug === named
}

const onTheWire = <Input extends CreateDomainInput | UpdateDomainInput>({
  mta_sts_policy: policy,
  ...fields
}: Input) => ({
  ...fields,
  ...(policy && { mta_sts_policy: wirePolicy(policy) }),
})
