import type { MonitoredDomain } from '../domain/monitored-domain.ts'
import { appliesTo, checkedRule, DomainRule, type DomainRuleProps, domainRuleShapes } from './domain-rule.ts'

export interface RequireMtaStsProps extends DomainRuleProps {
  /**
   * Testing is not enough.
   * @default false
   */
  readonly enforce?: boolean | undefined
}

/** Domains that receive mail, which is all that are not parked, must have a hosted MTA-STS policy. */
export class RequireMtaSts extends DomainRule {
  readonly #props: RequireMtaStsProps

  constructor(props: RequireMtaStsProps = {}) {
    super()
    this.#props = checkedRule('RequireMtaSts', props, { ...domainRuleShapes, enforce: 'boolean' })
  }

  override check(domain: MonitoredDomain): string | undefined {
    if (domain.parked || !appliesTo(this.#props, domain)) return undefined
    const mode = domain.hostedMtaSts?.mode ?? 'no policy'
    const wanted = this.#props.enforce ? ['enforce'] : ['testing', 'enforce']
    if (wanted.includes(mode)) return undefined
    return `hostedMtaSts: found ${mode}, expected mode ${wanted.join(' or ')}. Set hostedMtaSts, or except ${domain.address}.`
  }
}
