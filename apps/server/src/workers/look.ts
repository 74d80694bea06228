import type { CnameVerdict, OverallStatus, PolicyFileVerdict, TxtVerdict } from '@dmarc-as-code/dns/verify'
import type { RecordKind } from '@dmarc-as-code/records'

/** What one look at a hosted service of a domain saw. Plain JSON: it is stored, and handed back at the next look. */
export interface ServiceLook {
  overall: OverallStatus
  cnames: Partial<Record<RecordKind, CnameVerdict>>
  txts: Partial<Record<RecordKind, TxtVerdict>>
  policyFile?: PolicyFileVerdict
  /** Milliseconds since 1970. */
  at: number
}

/** The records behind each hosted service. */
export const recordsOf = {
  dmarc: ['dmarc'],
  mta_sts: ['mta_sts_policy', 'mta_sts_id', 'tls_rpt'],
} as const satisfies Record<string, readonly RecordKind[]>
