import type { CnameVerdict, OverallStatus, PolicyFileVerdict, TxtVerdict } from '@dmarc-as-code/dns/verify'
import { kindsOfService, type RecordKind } from '@dmarc-as-code/records'
import type { Service } from '../store/verifications.ts'

/** The result of verifying one hosted service of a domain. Plain JSON: it is stored and passed to the next verification. */
export interface VerificationReport {
  overall: OverallStatus
  cnames: Partial<Record<RecordKind, CnameVerdict>>
  txts: Partial<Record<RecordKind, TxtVerdict>>
  policyFile?: PolicyFileVerdict
  /** Milliseconds since 1970. */
  at: number
}

/** The records of each hosted service. */
export const recordsOf: Readonly<Record<Service, readonly RecordKind[]>> = {
  dmarc: kindsOfService('hosted_dmarc'),
  mta_sts: kindsOfService('hosted_mta_sts'),
}
