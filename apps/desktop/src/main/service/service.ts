import type { AccountView, DomainRef, DomainSummary, MtaStsPolicyView } from '../../shared/model.ts'

/** What the app needs of a DMARC service. One instance per connection; every call throws `ProblemError`. */
export interface Service {
  /** Everything there is, with as few calls as the service allows: one list call where it announces that it can. */
  list(signal: AbortSignal): Promise<Listing>
  /** Asks the service to verify a domain now, and returns the result. */
  verify(domain: DomainSummary, signal: AbortSignal): Promise<DomainSummary>
  create(accountId: number, domain: NewServiceDomain, signal: AbortSignal): Promise<DomainSummary>
  update(ref: DomainRef, change: DomainChange, signal: AbortSignal): Promise<DomainSummary>
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
}

export interface DomainChange {
  readonly hostedDmarc?: boolean
  readonly hostedMtaSts?: boolean
  readonly dmarcRecord?: string
  readonly mtaSts?: MtaStsPolicyView
  /** What the change was made on. Where the service has something else by now, nothing is changed. */
  readonly base?: { readonly dmarcRecord?: string; readonly mtaSts?: string }
}
