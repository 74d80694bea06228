import {
  type CnameRecord,
  ConflictError,
  type DmarcReportClient,
  type Domain,
  type HostedServices,
  type LiveLookUps,
  PermissionError,
  takeOverCurrent,
} from '@dmarc-as-code/client'
import { mapLimited } from '@dmarc-as-code/primitives'
import type { AccountView, DomainRef, DomainSummary } from '../../shared/model.ts'
import { policyText } from '../../shared/policy-text.ts'
import { ProblemError } from '../../shared/problems.ts'
import type { DomainReports } from '../reports/domain-reports.ts'
import { readHistory } from './client-history.ts'
import { clientProblem, concernsConnection } from './client-problem.ts'
import { ClientReports } from './client-reports.ts'
import type { DomainChange, Listing, NewServiceDomain, Service } from './service.ts'
import { toSummary, unreadableSummary, withChecks } from './to-summary.ts'

/** Calls at a time, towards a service that has no list with everything in it. */
const concurrency = 4
/** How long the hosting of one domain is cached, if nothing else indicates a change. Milliseconds. */
const hostingCacheTime = 55 * 60_000

interface OwnedDomain {
  readonly domain: Domain
  readonly accountId: number
}

interface KnownHosting {
  readonly at: number
  readonly updatedAt: string | undefined
  readonly hosting: HostedServices
}

/** The API client as the app's `Service`. */
export class ClientService implements Service {
  readonly reports: DomainReports
  readonly #client: DmarcReportClient
  readonly #connectionId: string
  readonly #host: string
  readonly #webPage: (domain: DomainSummary) => string | undefined
  readonly #lookUps: LiveLookUps
  readonly #now: () => number
  readonly #hosting = new Map<number, KnownHosting>()

  constructor(options: {
    client: DmarcReportClient
    connectionId: string
    host: string
    webPage: (domain: DomainSummary) => string | undefined
    /** How to read what is live, for a service that cannot do it itself. */
    lookUps: LiveLookUps
    now: () => number
  }) {
    this.reports = new ClientReports(options.client, options.host)
    this.#client = options.client
    this.#connectionId = options.connectionId
    this.#host = options.host
    this.#webPage = options.webPage
    this.#lookUps = options.lookUps
    this.#now = options.now
  }

  list(signal: AbortSignal): Promise<Listing> {
    return this.#guarded(async () => {
      const [{ extensions }, accounts] = await Promise.all([
        this.#client.capabilities({ signal }),
        // A token that may read domains need not be allowed to list accounts; they are needed to add domains only.
        this.#client.accounts.list({ signal }).all().catch(noneIfForbidden),
      ])
      const views: AccountView[] = accounts.map(({ id, title }) => ({
        connectionId: this.#connectionId,
        accountId: id,
        title,
      }))
      const domains = await this.#client.domains.list({ signal }).all()
      const owned = domains.every((domain) => domain.account_id !== undefined)
        ? domains.map((domain) => ({ domain, accountId: domain.account_id ?? 0 }))
        : await this.#listByAccount(views, signal)
      const summaries = await mapLimited(owned, concurrency, (each) => this.#summarise(each, signal))
      return { accounts: views, domains: summaries, extensions: [...extensions] }
    })
  }

  read(ref: DomainRef, signal: AbortSignal): Promise<DomainSummary> {
    return this.#guarded(() => this.#show(ref, signal))
  }

  history(ref: DomainRef, signal: AbortSignal) {
    return this.#guarded(() => readHistory(this.#client, ref, signal))
  }

  verify(domain: DomainSummary, signal: AbortSignal): Promise<DomainSummary> {
    return this.#guarded(async () => {
      const { accountId, domainId } = domain
      const [dmarc, mtaSts] = await Promise.all([
        domain.hostedDmarc ? this.#client.domains.verifyHostedDmarc(accountId, domainId, { signal }) : undefined,
        domain.hostedMtaSts ? this.#client.domains.verifyHostedMtaSts(accountId, domainId, { signal }) : undefined,
      ])
      // Shown after the look, so that what the lists say next does not contradict it.
      const fresh = await this.#show(domain, signal)
      return withChecks(fresh, [...(dmarc?.checks ?? []), ...(mtaSts?.checks ?? [])])
    })
  }

  create(accountId: number, input: NewServiceDomain, signal: AbortSignal): Promise<DomainSummary> {
    return this.#guarded(async () => {
      const created = await this.#client.domains.create(
        accountId,
        {
          address: input.address,
          rua_report: true,
          ruf_report: input.failureReports === true,
          ...(input.parked ? { parked_domain: true } : {}),
          ...(input.mtaSts ? { mta_sts_report: true, mta_sts_policy: wirePolicy(input.mtaSts) } : {}),
        },
        { signal },
      )
      return this.#show({ connectionId: this.#connectionId, accountId, domainId: created.id }, signal)
    })
  }

  update(ref: DomainRef, change: DomainChange, signal: AbortSignal): Promise<DomainSummary> {
    return this.#guarded(async () => {
      const { base, tags, reports = {} } = change
      const ifVersion = base ? await this.#requireUnchanged(ref, base, signal) : undefined
      if (tags) await this.#createMissing(tags, signal)
      const hosting = {
        ...(change.hostedDmarc === undefined ? {} : { hosted_dmarc: change.hostedDmarc }),
        // The service hosts MTA-STS only where its reports are wanted; both go in one call (api rules).
        ...(change.hostedMtaSts === undefined ? {} : { hosted_mta_sts: change.hostedMtaSts }),
        ...(change.hostedMtaSts ? { mta_sts_report: true } : {}),
      }
      const settings = {
        ...(change.dmarcRecord === undefined ? {} : { hosted_dmarc_config: change.dmarcRecord }),
        ...(change.mtaSts === undefined ? {} : { mta_sts_policy: wirePolicy(change.mtaSts) }),
        ...(reports.aggregate === undefined ? {} : { rua_report: reports.aggregate }),
        ...(reports.failure === undefined ? {} : { ruf_report: reports.failure }),
        ...(reports.tls === undefined ? {} : { mta_sts_report: reports.tls }),
        ...(tags === undefined ? {} : tags.length > 0 ? { tag_names: tags } : { tag_ids: [] }),
        ...(change.reason ? { allow_weaker: change.reason } : {}),
        ...(change.acceptRisk ? { accept_risk: change.acceptRisk } : {}),
      }
      const isTakenOver = change.takeOver === true && (change.hostedDmarc === true || change.hostedMtaSts === true)
      const { accountId, domainId } = ref
      if (isTakenOver)
        await takeOverCurrent(this.#client, { accountId, domainId }, hosting, { lookUps: this.#lookUps, signal })
      const rest = isTakenOver ? settings : { ...hosting, ...settings }
      if (Object.keys(rest).length > 0)
        await this.#client.domains.update(accountId, domainId, rest, { signal, ifVersion })
      return this.#show(ref, signal)
    })
  }

  remove({ accountId, domainId }: DomainRef, signal: AbortSignal): Promise<void> {
    return this.#guarded(() => this.#client.domains.delete(accountId, domainId, { signal }))
  }

  async #createMissing(names: readonly string[], signal: AbortSignal): Promise<void> {
    if (names.length === 0) return
    const known = await this.#client.tags.list({ signal }).all()
    for (const name of names) {
      if (known.some((tag) => tag.name === name)) continue
      await this.#client.tags.create({ name }, { signal }).catch((error: unknown) => {
        // Several domains that get a new tag at once create it at the same time.
        if (!(error instanceof ConflictError)) throw error
      })
    }
  }

  /** The version that the change is made on, where the service has versions: it then checks that it is still the present one. */
  async #requireUnchanged(
    ref: DomainRef,
    base: NonNullable<DomainChange['base']>,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const { accountId, domainId } = ref
    const domain = await this.#client.domains.get(accountId, domainId, { signal })
    requireUnchanged(await this.#shown(domain, ref, signal), base)
    return domain.version
  }

  webPage(domain: DomainSummary): string | undefined {
    return this.#webPage(domain)
  }

  async #show(ref: DomainRef, signal: AbortSignal): Promise<DomainSummary> {
    return this.#shown(await this.#client.domains.get(ref.accountId, ref.domainId, { signal }), ref, signal)
  }

  async #shown(domain: Domain, ref: DomainRef, signal: AbortSignal): Promise<DomainSummary> {
    return domain.hosted_dmarc !== undefined && domain.cname_records !== undefined
      ? this.#summary(domain, ref.accountId)
      : this.#withHosting(domain, ref.accountId, signal)
  }

  #summary(domain: Domain, accountId: number): DomainSummary {
    return toSummary(this.#connectionId, {
      domain,
      accountId,
      hostedDmarc: domain.hosted_dmarc ?? false,
      hostedMtaSts: domain.hosted_mta_sts ?? false,
      cnames: domain.cname_records ?? [],
    })
  }

  /** Where the list of all domains does not name their accounts, each account's list does. */
  async #listByAccount(accounts: readonly AccountView[], signal: AbortSignal): Promise<OwnedDomain[]> {
    const owned: OwnedDomain[] = []
    for (const { accountId } of accounts) {
      const domains = await this.#client.domains.listByAccount(accountId, { signal }).all()
      owned.push(...domains.map((domain) => ({ domain, accountId })))
    }
    return owned
  }

  /**
   * A listed domain. Where the list does not contain its hosting, that is requested for domains that are new, changed, or
   * were not requested for an hour: a call per domain and check would flood the service. A domain that cannot be read
   * is unknown; it does not hide the others.
   */
  async #summarise({ domain, accountId }: OwnedDomain, signal: AbortSignal): Promise<DomainSummary> {
    try {
      if (domain.hosted_dmarc !== undefined) return this.#summary(domain, accountId)
      const known = this.#hosting.get(domain.id)
      const isFresh = known && known.updatedAt === domain.updated_at && this.#now() - known.at < hostingCacheTime
      return isFresh
        ? this.#summaryOf(domain, accountId, known.hosting)
        : await this.#withHosting(domain, accountId, signal)
    } catch (error) {
      const { problem } = clientProblem(error, this.#host)
      if (signal.aborted || concernsConnection(problem.code)) throw error
      return unreadableSummary(this.#connectionId, domain, accountId, problem)
    }
  }

  async #withHosting(domain: Domain, accountId: number, signal: AbortSignal): Promise<DomainSummary> {
    const hosting = await this.#client.domains.hostedServices(accountId, domain.id, { signal })
    this.#hosting.set(domain.id, { at: this.#now(), updatedAt: domain.updated_at, hosting })
    return this.#summaryOf(domain, accountId, hosting)
  }

  #summaryOf(domain: Domain, accountId: number, hosting: HostedServices): DomainSummary {
    return toSummary(this.#connectionId, {
      domain,
      accountId,
      hostedDmarc: hosting.hosted_dmarc ?? false,
      hostedMtaSts: hosting.hosted_mta_sts ?? false,
      cnames: hosting.cname_records as readonly CnameRecord[],
    })
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw error instanceof ProblemError ? error : clientProblem(error, this.#host)
    }
  }
}

function noneIfForbidden(error: unknown): [] {
  if (error instanceof PermissionError) return []
  throw error
}

/**
 * Where the service has versions, it checks once more. The vendor's API has none, and a change is then possible for a moment
 * between this and the update.
 */
function requireUnchanged(now: DomainSummary, base: NonNullable<DomainChange['base']>): void {
  const isChanged =
    (base.dmarcRecord !== undefined && base.dmarcRecord !== (now.dmarcRecord ?? '')) ||
    (base.mtaSts !== undefined && base.mtaSts !== policyText(now.mtaSts))
  if (isChanged) throw new ProblemError('changed-meanwhile', now.title)
}

function wirePolicy(policy: NonNullable<DomainChange['mtaSts']>) {
  return { mode: policy.mode as 'none' | 'testing' | 'enforce', mx: policy.mx.join(', '), mx_age: policy.days }
}
