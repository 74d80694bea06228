import { comparePolicies, type DmarcPolicy } from '@dmarc-as-code/records'
import type { MonitoredDomain } from '../domain/monitored-domain.ts'
import { publishedPolicies } from '../hosted/dmarc.ts'
import { appliesTo, DomainRule, type DomainRuleProps } from './domain-rule.ts'

export interface RefuseWeakPolicyProps extends DomainRuleProps {
  /**
   * The weakest policy that is accepted. A policy in test mode counts one level less.
   * @default quarantine
   */
  readonly atLeast?: DmarcPolicy | undefined
}

const weaker = { none: 'none', quarantine: 'none', reject: 'quarantine' } as const
const levels = [
  { tag: 'p', prop: 'policy', from: undefined },
  { tag: 'sp', prop: 'subdomainPolicy', from: 'p' },
  { tag: 'np', prop: 'nonexistentSubdomainPolicy', from: 'sp' },
] as const

/** Hosted DMARC must do something about failing mail, also that of subdomains: by default, refuses `p=none` and `sp=none`. */
export class RefuseWeakPolicy extends DomainRule {
  readonly #props: RefuseWeakPolicyProps

  constructor(props: RefuseWeakPolicyProps = {}) {
    super()
    this.#props = props
  }

  override check(domain: MonitoredDomain): readonly string[] {
    const { hostedDmarc, parked } = domain
    if (!hostedDmarc || !appliesTo(this.#props, domain)) return []
    const published = publishedPolicies(hostedDmarc, parked)
    // What follows the level above is told there.
    const said = levels.filter(({ tag, from }) => from === undefined || published[tag] !== published[from])
    return said.flatMap(({ tag, prop }) => {
      const policy = published[tag]
      const found = policy && this.#tooWeak(policy, published.tested)
      if (!found) return []
      return hostedDmarc.record === undefined
        ? this.#refusal(`hostedDmarc.${prop}: found ${found}`, domain)
        : this.#refusal(`hostedDmarc.record: found ${tag}=${found}`, domain)
    })
  }

  /** How the policy is told, where it is below what is asked for. */
  #tooWeak(policy: DmarcPolicy, tested: boolean): string | undefined {
    const applied = tested ? weaker[policy] : policy
    if (comparePolicies(applied, this.#props.atLeast ?? 'quarantine') >= 0) return undefined
    return tested ? `${policy} in test mode, which acts as ${applied}` : policy
  }

  #refusal(found: string, { address }: MonitoredDomain): string {
    const { atLeast = 'quarantine', tags } = this.#props
    const who = tags ? ` for domains tagged ${tags.join(' or ')}` : ''
    return `${found}, expected ${atLeast} or stronger${who}. Raise it, or except ${address}.`
  }
}
