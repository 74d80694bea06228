import type { MailView } from '@dmarc-as-code/dns/apply'
import { RecordError } from '@dmarc-as-code/records'
import { effectOf } from '../live/mail-effect.ts'
import { policyFile, settingsOfFile } from './mta-sts-file.ts'

/** The policy file to begin with, null where none is live; or why that is not known. */
export type CurrentMtaSts = { readonly policy: string | null } | { readonly unknown: string }

/** The MTA-STS policy that senders find for a domain now, as it can be hosted. */
export async function currentMtaSts(domain: string, view: MailView): Promise<CurrentMtaSts> {
  const effect = await effectOf({ policy: 'mta-sts', domain, expected: null }, view)
  if (effect?.grade === 'unknown') return { unknown: effect.messages.join(' ') }
  const live = effect?.before.text
  if (live == null) return { policy: null }
  try {
    return { policy: policyFile(settingsOfFile(live)) }
  } catch (error) {
    if (error instanceof RecordError) return { unknown: error.message }
    throw error
  }
}
