import type { RecordKind } from '@dmarc-as-code/records'

/** What each record is for, in few words. */
export const recordTitles: Record<RecordKind, string> = {
  dmarc: 'DMARC policy',
  mta_sts_policy: 'MTA-STS policy host',
  mta_sts_id: 'MTA-STS record',
  tls_rpt: 'TLS reports',
}
