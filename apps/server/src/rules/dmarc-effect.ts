import type { WireDmarcEffect } from '@dmarc-as-code/client/contract'
import { compareDmarc, type DmarcInForce, dmarcInForce, type ParsedDmarc } from '@dmarc-as-code/records'
import { changesOf, unknownEffect } from './effect-answer.ts'

/** What applies to a domain: its own record or, where it has none, the record of a parent. */
export interface DmarcSide {
  domain: string
  own: ParsedDmarc | null
  inherited: { record: ParsedDmarc; domain: string } | null
}

/** What a change does to mail. `advice` follows where it weakens, `nothing` where nothing changes. */
export function dmarcEffect(
  before: DmarcSide,
  after: DmarcSide,
  words: { advice?: string | undefined; nothing: string },
): WireDmarcEffect {
  const [from, to] = [situation(before), situation(after)]
  const effect = compareDmarc(from, to)
  return {
    ...changesOf(effect, words),
    before: state(before, dmarcInForce(from)),
    after: state(after, dmarcInForce(to)),
  }
}

export const unknownDmarcEffect = (message: string): WireDmarcEffect => ({
  ...unknownEffect(message),
  before: null,
  after: null,
})

const situation = ({ own, inherited }: DmarcSide) => ({ own, inherited: inherited?.record ?? null })

function state({ domain, own, inherited }: DmarcSide, inForce: DmarcInForce): NonNullable<WireDmarcEffect['before']> {
  const source = own ? { record: own, domain } : inherited
  return {
    record: source?.record.text ?? null,
    policy_domain: source?.domain ?? null,
    policy: inForce.domain.applied,
    subdomain_policy: inForce.subdomains.applied,
    nonexistent_subdomain_policy: inForce.nonExistent.applied,
    adkim: inForce.adkim,
    aspf: inForce.aspf,
    rua: [...inForce.rua],
    ruf: [...inForce.ruf],
  }
}
