import { parseDmarc } from '@dmarc-as-code/records'
import type { DomainSummary } from './model.ts'

const actions = {
  none: 'are reported but delivered',
  quarantine: 'go to the spam folder',
  reject: 'are rejected',
} as const

/** What turning hosted DMARC off means for mail, in one or two sentences. */
export function dmarcEffect({ dmarcRecord, records, title }: DomainSummary): string {
  const isLive = records.some(({ kind, status }) => kind === 'dmarc' && status === 'verified')
  if (!isLive) return 'Receivers do not see this record yet, so mail is not affected.'
  const policy = parseDmarc(dmarcRecord ?? '').tags.p ?? 'none'
  const lost = `${title} then publishes no DMARC record, and DMARC reports stop.`
  return policy === 'none'
    ? lost
    : `Messages that fail DMARC now ${actions[policy]} (p=${policy}). Without the record they are delivered. ${lost}`
}
