import type { MonitoredDomain } from '../domain/monitored-domain.ts'
import { appliesTo, checkedRule, DomainRule, type DomainRuleProps, domainRuleShapes } from './domain-rule.ts'

/** The DMARC record must be hosted, so that its policy is in the code. */
export class RequireHostedDmarc extends DomainRule {
  readonly #props: DomainRuleProps

  constructor(props: DomainRuleProps = {}) {
    super()
    this.#props = checkedRule('RequireHostedDmarc', props, domainRuleShapes)
  }

  override check(domain: MonitoredDomain): string | undefined {
    if (domain.hostedDmarc || !appliesTo(this.#props, domain)) return undefined
    return `hostedDmarc: found nothing, expected a hosted record. Set hostedDmarc, or except ${domain.address}.`
  }
}
