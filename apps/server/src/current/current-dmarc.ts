import { recordsOfType } from '@dmarc-as-code/dns/wire'
import { type DmarcDiscovery, discoverDmarc, hostedNames, type ParsedDmarc, selectDmarc } from '@dmarc-as-code/records'
import { type Found, found, notKnown } from './found.ts'
import { type LookUp, leadsTo } from './look-up.ts'

/** What receivers find for a domain now. */
export interface CurrentDmarc {
  /** The one record at `_dmarc` of the domain; null where there is none, or several, which receivers treat as none. */
  own: ParsedDmarc | null
  /** The record of a parent that applies where the domain has none of its own, and whose it is. */
  inherited: { record: ParsedDmarc; domain: string } | null
  /** Whether `_dmarc` of the domain leads to this server. */
  leadsHere: boolean
}

/** Reads the record that applies to a domain, through CNAMEs, wildcards and the tree walk (RFC 9989 section 4.10). */
export async function currentDmarc(domain: string, target: string, lookUp: LookUp): Promise<Found<CurrentDmarc>> {
  const name = hostedNames(domain).dmarc
  const answer = await lookUp(name, 'TXT')
  if (!answer.known) return answer
  try {
    const own = selectDmarc(recordsOfType(answer.value, 'TXT').map(({ data }) => data)).record
    const parents = await discoverDmarc(domain, async (asked) => (asked === name ? [] : texts(asked)))
    // A record higher up, which could not be asked for, may count instead.
    if (parents.uncertain) throw parents.uncertain.cause
    return found({ own, inherited: inheritedBy(domain, parents), leadsHere: leadsTo(answer.value, target) })
  } catch (error) {
    if (error instanceof NotKnown) return notKnown(error.message)
    throw error
  }

  async function texts(asked: string): Promise<string[]> {
    const records = await lookUp(asked, 'TXT')
    if (!records.known) throw new NotKnown(records.message)
    return recordsOfType(records.value, 'TXT').map(({ data }) => data)
  }
}

function inheritedBy(domain: string, { record, policyDomain }: DmarcDiscovery): CurrentDmarc['inherited'] {
  return record && policyDomain !== null && policyDomain !== domain ? { record, domain: policyDomain } : null
}

class NotKnown extends Error {}
