import { parseDmarc, parseMtaStsPolicy } from '@dmarc-as-code/records'

/** Whether receivers or senders refuse mail because of what is hosted: then its sudden absence changes what happens to mail. */
export function enforces(hosting: { dmarc_record: string | null; wanted_policy: string | null }): boolean {
  const { dmarc_record: record, wanted_policy: policy } = hosting
  if (policy !== null && parseMtaStsPolicy(policy).tags.mode === 'enforce') return true
  if (record === null) return false
  const { p, sp, np } = parseDmarc(record).tags
  return [p, sp, np].some((policy) => policy === 'quarantine' || policy === 'reject')
}
