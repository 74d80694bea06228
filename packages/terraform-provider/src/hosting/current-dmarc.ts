import { isExpected } from '@dmarc-as-code/dns'
import type { MailView } from '@dmarc-as-code/dns/apply'
import { discoverDmarc, RecordError, takeOverDmarc } from '@dmarc-as-code/records'

/** The record to begin with, null where none is live; or why that is not known. */
export type CurrentDmarc = { readonly record: string | null } | { readonly unknown: string }

class NotKnown extends Error {}

/** The DMARC record that applies to a domain now, its own or the parent's, as a record of its own. */
export async function currentDmarc(domain: string, parked: boolean, view: MailView): Promise<CurrentDmarc> {
  try {
    const { record, policyDomain, uncertain } = await discoverDmarc(domain, async (name) => {
      if (!view.reaches(name)) return []
      const found = await view.texts(name)
      if ('unknown' in found) throw new NotKnown(found.unknown)
      return found.value
    })
    if (uncertain?.about === 'policy') return { unknown: `${uncertain.name} could not be looked up.` }
    // A record that receivers ignore protects nothing.
    if (!record?.effective || policyDomain === null) return { record: null }
    // Without report addresses of its own: those of the service come with the hosted record.
    const standard = parked ? 'v=DMARC1; p=reject; sp=reject; np=reject' : 'v=DMARC1; p=none'
    return { record: takeOverDmarc({ record, policyDomain }, domain, standard, { parked }).record }
  } catch (error) {
    if (error instanceof NotKnown || error instanceof RecordError || isExpected(error))
      return { unknown: error.message }
    throw error
  }
}
