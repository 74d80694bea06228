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
    const { mode: written, fromCurrent = false } = domain.hostedMtaSts ?? {}
    // The live mode is known only while planning; without a live policy it is testing.
    const takenOver = written === undefined && fromCurrent !== false
    if (takenOver && !this.#props.enforce) return undefined
    const mode = written ?? (takenOver ? 'whatever is live' : 'no policy')
    const wanted = this.#props.enforce ? ['enforce'] : ['testing', 'enforce']
    if (wanted.includes(mode)) return undefined
    const next = takenOver ? 'Set hostedMtaSts.mode' : 'Set hostedMtaSts'
    return `hostedMtaSts: found ${mode}, expected mode ${wanted.join(' or ')}. ${next}, or except ${domain.address}.`
  }
}
