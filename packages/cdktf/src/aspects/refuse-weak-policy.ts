import { comparePolicies, type DmarcPolicy } from '@dmarc-as-code/records'
import { publishedPolicy } from '../domain/hosted-dmarc.ts'
import type { MonitoredDomain } from '../domain/monitored-domain.ts'
import { concerns, DomainRule, type DomainRuleProps } from './domain-rule.ts'

export interface RefuseWeakPolicyProps extends DomainRuleProps {
  /**
   * The weakest policy that is accepted. A policy in test mode counts one level less.
   * @default quarantine
   */
  readonly atLeast?: DmarcPolicy
}

const weaker = { none: 'none', quarantine: 'none', reject: 'quarantine' } as const

/** Hosted DMARC must do something about failing mail: by default, refuses `p=none`. */
export class RefuseWeakPolicy extends DomainRule {
  readonly #props: RefuseWeakPolicyProps

  constructor(props: RefuseWeakPolicyProps = {}) {
    super()
    this.#props = props
  }

  override check(domain: MonitoredDomain): string | undefined {
    const { hostedDmarc, parked } = domain
    if (!hostedDmarc || !concerns(this.#props, domain)) return undefined
    const { atLeast = 'quarantine' } = this.#props
    const policy = publishedPolicy(hostedDmarc, parked)
    if (policy === undefined) return undefined
    const applied = hostedDmarc.testMode === true ? weaker[policy] : policy
    if (comparePolicies(applied, atLeast) >= 0) return undefined
    const found = hostedDmarc.testMode === true ? `${policy} in test mode, which acts as ${applied}` : policy
    const who = this.#props.tags ? ` for domains tagged ${this.#props.tags.join(' or ')}` : ''
    return `hostedDmarc.policy: found ${found}, expected ${atLeast} or stronger${who}. Raise it, or except ${domain.address}.`
  }
}
