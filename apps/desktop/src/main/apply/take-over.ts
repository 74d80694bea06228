import type { MailView } from '@dmarc-as-code/dns/apply'
import { discoverDmarc, parseDmarc, RecordError, takeOverDmarc } from '@dmarc-as-code/records'
import type { DomainSummary } from '../../shared/model.ts'

/**
 * A hosted record that keeps what is live: its policies, alignment and report addresses, with the addresses that the
 * service requires. Undefined where what is live cannot be hosted.
 */
export async function takenOverRecord(
  live: string,
  { address, parked, defaultDmarcRecord, dmarcRecord }: DomainSummary,
  view: MailView,
): Promise<string | undefined> {
  const required = defaultDmarcRecord ?? dmarcRecord
  const record = parseDmarc(live)
  if (!required || !record.effective) return undefined
  try {
    const policyDomain = await policyDomainOf(address, live, view)
    return takeOverDmarc({ record, policyDomain }, address, required, { parked }).record
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}

/** Whose record it is: the domain's own, or that of a parent, whose `sp` then counts. */
async function policyDomainOf(address: string, live: string, view: MailView): Promise<string> {
  const { record, policyDomain } = await discoverDmarc(address, async (name) => {
    if (!view.reaches(name)) return []
    const found = await view.texts(name)
    return 'unknown' in found ? [] : found.value
  })
  return record?.text === live && policyDomain !== null ? policyDomain : address
}
