import type { RecordKind } from '@dmarc-as-code/records/words'
import type { CnameStatus, PolicyFileStatus, RecordReason, TxtStatus } from '../enumerations.ts'

/** What was looked at: the customer's CNAME, the TXT behind it, or the policy file over HTTPS. */
export type CheckPart = 'cname' | 'txt' | 'policy_file'

/** The state of one thing, and what is known about it. All but the first three need a server that gives reasons. */
export interface RecordCheck<Status extends string = string> {
  /** Which record. */
  kind: RecordKind
  /** Which part of it: the CNAME, the TXT record behind it, or the policy file. */
  part: CheckPart
  /** What was seen; the words depend on the part. */
  status: Status
  /** The name asked for; the URL of the policy file. */
  name?: string
  /** What should be there. */
  expected?: string
  /** Null when nothing was found or nobody answered; the reason tells which. */
  found?: string | null
  /** Null when there is nothing to explain. */
  reason?: RecordReason | null
  /** The next step, as a sentence. */
  fix?: string | null
  /** ISO 8601; null before the first look. */
  checked_at?: string | null
  /** The servers or resolvers that were asked. */
  asked?: string[]
  /** When caches will have forgotten the older answer. */
  visible_by?: string
  /** Further facts as sentences: which servers did not answer, disagree, or were not asked. */
  detail?: string
}

/** A check of a customer's CNAME. */
export type CnameCheck = RecordCheck<CnameStatus>
/** A check of the TXT record behind a CNAME. */
export type TxtCheck = RecordCheck<TxtStatus>
/** A check of the policy file over HTTPS. */
export type PolicyFileCheck = RecordCheck<PolicyFileStatus>

const good: Readonly<Record<CheckPart, string>> = { cname: 'verified', txt: 'published', policy_file: 'active' }

/** Whether this part is as it should be. */
export const isGood = (check: RecordCheck): boolean => check.status === good[check.part]
