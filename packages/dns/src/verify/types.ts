import type { RecordKind } from '@dmarc-as-code/records'
import type {
  CnameReason,
  CnameStatus,
  OverallStatus,
  PolicyFileReason,
  PolicyFileStatus,
  TxtReason,
  TxtStatus,
} from '@dmarc-as-code/records/reasons'
import type { AskedServer, Vantage } from '../observe/types.ts'

/** One record that was seen, in words a person can compare with their DNS panel. */
export interface FoundRecord {
  name: string
  type: string
  value: string
  ttl?: number
}

/** The verdict on one CNAME. Plain JSON: store it and hand it back as `previous`. */
export interface CnameVerdict {
  kind: RecordKind
  name: string
  status: CnameStatus
  /** Undefined exactly when nothing is left to say. A `verified` record can carry `propagating` or a reason of doubt. */
  reason?: CnameReason
  /** One or two sentences: what is wrong, what was found, what was expected. */
  message: string
  expected: { type: 'CNAME'; name: string; target: string }
  found: FoundRecord[]
  /** What the owner of the domain should do next; empty when there is nothing to do. */
  fix: string
  /** Servers whose answers the verdict rests on. */
  asked: AskedServer[]
  vantage: Vantage | 'none'
  /** When it was looked at, ISO 8601. */
  at: string
  /** When every resolver will see the present state, ISO 8601. */
  visibleBy?: string
  /** Further facts: servers that lag or did not answer, where a chain leads, ... */
  detail?: string
  /** Where the host field of the zone's panel takes this name: relative to the zone. */
  relativeName?: string
  zone?: string
  /** Last time the record was seen right at the authority, ISO 8601. */
  lastVerifiedAt?: string
  /** Set while a verified record is contradicted, but not yet long enough to lose its status. */
  contrary?: { since: string; status: CnameStatus; reason?: CnameReason }
}

/** What `verifyDomain` needs of an earlier verdict. Unknown further fields are ignored. */
export type PreviousCnameVerdict = Pick<CnameVerdict, 'status'> &
  Partial<Pick<CnameVerdict, 'expected' | 'lastVerifiedAt' | 'contrary' | 'at' | 'reason'>>

export interface TxtVerdict {
  kind: RecordKind
  /** The hosted name (the CNAME's target) the TXT sits at. */
  name: string
  status: TxtStatus
  reason?: TxtReason
  message: string
  expected: string
  found: string[]
  asked: AskedServer[]
  at: string
  /** Further facts: name servers and addresses that were not asked. */
  detail?: string
}

/** What `verifyDomain` needs of an earlier verdict on a TXT. Unknown further fields are ignored. */
export type PreviousTxtVerdict = Pick<TxtVerdict, 'status' | 'expected'>

export interface PolicyFileVerdict {
  url: string
  status: PolicyFileStatus
  reason?: PolicyFileReason
  message: string
  fix: string
  /** Further facts as sentences: what the certificate authority said, and when it is asked again. */
  detail?: string
  /** The id of the policy that should be served. */
  policyId?: string
  /** The address that was connected to. */
  address?: string
  httpStatus?: number
  at: string
  /** Set while an active file is contradicted, but not yet long enough to lose its status. */
  contrary?: { since: string; status: PolicyFileStatus; reason?: PolicyFileReason }
}

/** What `verifyDomain` needs of an earlier verdict on a policy file. Unknown further fields are ignored. */
export type PreviousPolicyFile = Pick<PolicyFileVerdict, 'status' | 'policyId' | 'contrary'>

export type { CnameReason, CnameStatus, OverallStatus, PolicyFileReason, PolicyFileStatus, TxtReason, TxtStatus }
