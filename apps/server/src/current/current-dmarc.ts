import { recordsOfType } from '@dmarc-as-code/dns/wire'
import { discoverDmarc, hostedNames, type ParsedDmarc, selectDmarc } from '@dmarc-as-code/records'
import { type Found, found, notKnown } from './found.ts'
import { type LookUp, leadsTo } from './look-up.ts'

/** The record of a parent, and whose it is. */
export interface Inherited {
  record: ParsedDmarc
  domain: string
}

/** What receivers find for a domain now. */
export interface CurrentDmarc {
  /** The one record at `_dmarc` of the domain; null where there is none, or several, which receivers treat as none. */
  own: ParsedDmarc | null
  /**
   * The record of a parent that applies where the domain has none of its own, and whose it is. Not known only of a domain
   * whose own record comes from this server; null beside a record that stands elsewhere, because it never counts then.
   */
  inherited: Found<Inherited | null>
  /** Whether `_dmarc` of the domain leads to this server. */
  leadsHere: boolean
}

/**
 * Reads the record that applies to a domain, through CNAMEs, wildcards and the tree walk (RFC 9989 section 4.10). The domain's
 * own record decides; parents are asked only where it has none, or loses it when hosting ends.
 */
export async function currentDmarc(domain: string, target: string, lookUp: LookUp): Promise<Found<CurrentDmarc>> {
  const name = hostedNames(domain).dmarc
  const answer = await lookUp(name, 'TXT')
  if (!answer.known) return answer
  const own = selectDmarc(recordsOfType(answer.value, 'TXT').map(({ data }) => data)).record
  const leadsHere = leadsTo(answer.value, target)
  const inherited = own && !leadsHere ? found(null) : await inheritedBy(domain, lookUp)
  if (!own && !inherited.known) return inherited
  return found({ own, inherited, leadsHere })
}

async function inheritedBy(domain: string, lookUp: LookUp): Promise<Found<Inherited | null>> {
  const own = hostedNames(domain).dmarc
  try {
    const { record, policyDomain, uncertain } = await discoverDmarc(domain, async (name) => {
      if (name === own) return []
      const records = await lookUp(name, 'TXT')
      if (!records.known) throw new NotKnown(records.message)
      return recordsOfType(records.value, 'TXT').map(({ data }) => data)
    })
    // A record higher up, which could not be asked for, may count instead.
    if (uncertain) throw uncertain.cause
    return found(record && policyDomain !== null && policyDomain !== domain ? { record, domain: policyDomain } : null)
  } catch (error) {
    if (error instanceof NotKnown) return notKnown(error.message)
    throw error
  }
}

class NotKnown extends Error {}
