import { isExpected } from '@dmarc-as-code/dns'
import type { MailView } from '@dmarc-as-code/dns/apply'
import { discoverDmarc, RecordError, selectDmarc, takeOverDmarc } from '@dmarc-as-code/records'

/** The record to begin with, null where none is live; or why that is not known. */
export type CurrentDmarc = { readonly record: string | null } | { readonly unknown: string }

class NotKnown extends Error {}

/** The DMARC record that applies to a domain now, its own or the parent's, as a record of its own. */
export async function currentDmarc(domain: string, parked: boolean, view: MailView): Promise<CurrentDmarc> {
  const name = `_dmarc.${domain}`
  try {
    const own = selectDmarc(await texts(name)).record
    // The domain's own record decides, whatever becomes of its parents.
    const { record, policyDomain, uncertain } = own
      ? { record: own, policyDomain: domain, uncertain: null }
      : await discoverDmarc(domain, async (asked) => (asked === name ? [] : texts(asked)))
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

  async function texts(asked: string): Promise<readonly string[]> {
    if (!view.reaches(asked)) return []
    const found = await view.texts(asked)
    if ('unknown' in found) throw new NotKnown(found.unknown)
    return found.value
  }
}
