import type { DomainChange, Listing, NewServiceDomain, Service } from '../src/main/service/service.ts'
import type { AccountView, DomainRef, DomainSummary } from '../src/shared/model.ts'
import { domain } from './fixtures.ts'

/** A service whose answers the test sets and whose calls it reads. */
export class FakeService implements Service {
  get reports(): Service['reports'] {
    throw new Error('this service has no reports')
  }

  readonly calls: string[] = []
  accounts: AccountView[] = [{ connectionId: 'c1', accountId: 1, title: 'Main' }]
  domains: DomainSummary[] = []
  extensions: string[] = []
  failure: Error | undefined
  readonly verifyFailures = new Map<string, Error>()
  /** What a verification answers, by address; otherwise the domain as it is listed. */
  readonly verified = new Map<string, DomainSummary>()

  async list(): Promise<Listing> {
    this.#call('list')
    return { accounts: this.accounts, domains: this.domains, extensions: this.extensions }
  }

  async read(ref: DomainRef): Promise<DomainSummary> {
    this.#call(`read ${ref.domainId}`)
    const known = this.domains.find((other) => other.domainId === ref.domainId)
    if (!known) throw new Error('no such domain')
    return known
  }

  async history(): Promise<[]> {
    return []
  }

  async verify(asked: DomainSummary): Promise<DomainSummary> {
    this.#call(`verify ${asked.address}`)
    const failure = this.verifyFailures.get(asked.address)
    if (failure) throw failure
    return this.verified.get(asked.address) ?? asked
  }

  async create(_accountId: number, input: NewServiceDomain): Promise<DomainSummary> {
    this.#call(`create ${input.address}`)
    const created = domain(input.address, 'unhosted', { parked: input.parked })
    this.domains = [...this.domains, created]
    return created
  }

  async update(ref: DomainRef, change: DomainChange): Promise<DomainSummary> {
    this.#call(`update ${ref.domainId} ${JSON.stringify(change)}`)
    const known = this.domains.find((other) => other.domainId === ref.domainId)
    if (!known) throw new Error('no such domain')
    if (!change.hostedDmarc) return known
    const hosted = domain(known.address, 'attention')
    this.domains = this.domains.map((other) => (other === known ? hosted : other))
    return hosted
  }

  async remove(ref: DomainRef): Promise<void> {
    this.#call(`remove ${ref.domainId}`)
    this.domains = this.domains.filter((other) => other.domainId !== ref.domainId)
  }

  webPage(shown: DomainSummary): string {
    return `https://app.example.com/${shown.slug}`
  }

  #call(name: string): void {
    this.calls.push(name)
    if (this.failure) throw this.failure
  }
}
