import { compareDmarc, type DmarcPolicy, dmarcPolicies, type ParsedDmarc, parseDmarc } from '@dmarc-as-code/records'
import type { MonitoredDomain } from '../domain/monitored-domain.ts'
import { publishedRecord } from '../hosted/dmarc.ts'
import { listed } from '../problems.ts'
import type { Shape } from '../shape.ts'
import { appliesTo, checkedRule, DomainRule, type DomainRuleProps, domainRuleShapes } from './domain-rule.ts'

export interface RefuseWeakPolicyProps extends DomainRuleProps {
  /**
   * The weakest policy that is accepted. What counts is what receivers do: test mode is one level less, and `pct` leaves a part
   * of the mail one level lower.
   * @default quarantine
   */
  readonly atLeast?: DmarcPolicy | undefined
}

const policyShape: Shape = {
  is: (value) => dmarcPolicies.some((policy) => policy === value),
  expected: listed(dmarcPolicies),
}

const levels = [
  { tag: 'p', prop: 'policy', aspect: 'policy', from: undefined },
  { tag: 'sp', prop: 'subdomainPolicy', aspect: 'subdomain-policy', from: 'p' },
  { tag: 'np', prop: 'nonexistentSubdomainPolicy', aspect: 'nonexistent-policy', from: 'sp' },
] as const

/** Hosted DMARC must act on failing mail, that of subdomains included. By default, `p=none` and `sp=none` are refused. */
export class RefuseWeakPolicy extends DomainRule {
  readonly #props: RefuseWeakPolicyProps

  constructor(props: RefuseWeakPolicyProps = {}) {
    super()
    this.#props = checkedRule('RefuseWeakPolicy', props, { ...domainRuleShapes, atLeast: policyShape })
  }

  override check(domain: MonitoredDomain): readonly string[] {
    const { hostedDmarc, parked } = domain
    if (!hostedDmarc || !appliesTo(this.#props, domain)) return []
    const record = publishedRecord(hostedDmarc, parked)
    if (!record?.effective) return []
    const { atLeast = 'quarantine' } = this.#props
    const { changes } = compareDmarc({ own: parseDmarc(`v=DMARC1; p=${atLeast}`) }, { own: record })
    const weak = new Set(changes.filter(({ grade }) => grade !== 'stronger').map(({ aspect }) => aspect))
    const { effective } = record
    // What follows the level above is reported there.
    const own = levels.filter(({ tag, from }) => from === undefined || effective[tag] !== effective[from])
    return own
      .filter(({ aspect }) => weak.has(aspect))
      .map(({ tag, prop }) => {
        const found = foundPolicy(record, tag)
        return hostedDmarc.record === undefined
          ? this.#refusal(`hostedDmarc.${prop}: found ${found}`, domain)
          : this.#refusal(`hostedDmarc.record: found ${tag}=${found}`, domain)
      })
  }

  #refusal(found: string, { address }: MonitoredDomain): string {
    const { atLeast = 'quarantine', tags } = this.#props
    const who = tags ? ` for domains tagged ${tags.join(' or ')}` : ''
    return `${found}, expected ${atLeast} or stronger${who}. Raise it, or except ${address}.`
  }
}

/** A policy with what makes it weaker than it looks. */
function foundPolicy({ effective, rfc7489 }: ParsedDmarc, tag: 'p' | 'sp' | 'np'): string {
  const policy = effective?.[tag] ?? 'none'
  const percent = rfc7489.effective?.pct ?? 100
  if (effective?.t === 'y') return `${policy} in test mode, which acts as ${effective.applied[tag]}`
  return percent < 100 ? `${policy} for ${percent} % of the mail` : policy
}
