import type { AccountView, DomainRef, DomainSummary, MtaStsPolicyView } from '../../shared/model.ts'
import type { ServiceEvent } from '../../shared/service-history.ts'
import type { DomainReports } from '../reports/domain-reports.ts'

/** What the app needs of a DMARC service. One instance per connection; every call throws `ProblemError`. */
export interface Service {
  /** Only where the service has the capability `reports`; elsewhere its calls fail. */
  readonly reports: DomainReports
  /** Everything there is, with as few calls as the service allows: one list call where it announces that it can. */
  list(signal: AbortSignal): Promise<Listing>
  /** The domain as the service has it now. */
  read(ref: DomainRef, signal: AbortSignal): Promise<DomainSummary>
  /** What the service remembers of the domain, newest first; empty where it keeps no history. */
  history(ref: DomainRef, signal: AbortSignal): Promise<readonly ServiceEvent[]>
  /** Asks the service to verify a domain now, and returns the result. */
  verify(domain: DomainSummary, signal: AbortSignal): Promise<DomainSummary>
  create(accountId: number, domain: NewServiceDomain, signal: AbortSignal): Promise<DomainSummary>
  update(ref: DomainRef, change: DomainChange, signal: AbortSignal): Promise<DomainSummary>
  remove(ref: DomainRef, signal: AbortSignal): Promise<void>
  /** The domain's page on the service's web site, if it has one. */
  webPage(domain: DomainSummary): string | undefined
}

export interface Listing {
  readonly accounts: readonly AccountView[]
  readonly domains: readonly DomainSummary[]
  readonly extensions: readonly string[]
}

export interface NewServiceDomain {
  readonly address: string
  readonly parked: boolean
  readonly mtaSts?: MtaStsPolicyView
  readonly failureReports?: boolean
}

export interface DomainChange {
  readonly hostedDmarc?: boolean
  readonly hostedMtaSts?: boolean
  readonly dmarcRecord?: string
  readonly mtaSts?: MtaStsPolicyView
  readonly reports?: {
    readonly aggregate?: boolean | undefined
    readonly failure?: boolean | undefined
    readonly tls?: boolean | undefined
  }
  /** Names; all tags that the domain then has. Those that do not exist are created. */
  readonly tags?: readonly string[]
  /** Hosting that is turned on begins with what is live now, where the service can do that. */
  readonly takeOver?: boolean
  /** Why the protection may become weaker, for the history of the service. */
  readonly reason?: string
  /** Why a policy is tightened without evidence, where the service asks for some. */
  readonly acceptRisk?: string
  /** What the change was made on. Where the service has something else by now, nothing is changed. */
  readonly base?: { readonly dmarcRecord?: string; readonly mtaSts?: string }
}
