import type { EffectAspect, EffectGrade } from '@dmarc-as-code/records'
import type { Reason, StatusOf } from '@dmarc-as-code/records/reasons'
import {
  type Alignment,
  type DmarcPolicy,
  dmarcPolicies,
  type HostedServiceName,
  hostedServiceNames,
  type MtaStsMode,
  mtaStsModes,
  recordKindTable,
  type WireRecord,
  wireRecords,
} from '@dmarc-as-code/records/words'

/** Words of the records themselves, which the API shares. */
export {
  type Alignment,
  type DmarcPolicy,
  dmarcPolicies,
  type HostedServiceName,
  hostedServiceNames,
  type MtaStsMode,
  mtaStsModes,
  type WireRecord,
  wireRecords,
}

/**
 * The words of the API. The lists hold what is known; the vendor calls several of them open, so readers must pass unknown
 * values on (`Open<…>`), while our own server answers only with these.
 */

/** A known word, or one the vendor may add tomorrow. Keeps completion in editors, which a bare `string` would lose. */
export type Open<Word extends string> = Word | (string & {})

/** DMARC `adkim` and `aspf`: relaxed and strict. */
export const alignments: readonly Alignment[] = ['r', 's']

/** DMARC `t` (test mode), RFC 9989 section 4.7. */
export const testModes = ['y', 'n'] as const
/** DMARC `t`: `y` applies the policy one level lower. */
export type TestMode = (typeof testModes)[number]

/** DMARC `psd` (public suffix domain), RFC 9989 section 4.7. */
export const publicSuffixFlags = ['y', 'n', 'u'] as const
/** DMARC `psd`. */
export type PublicSuffixFlag = (typeof publicSuffixFlags)[number]

/** The customer's CNAME. */
export type CnameStatus = Open<StatusOf<'cname'>>

/** The TXT record behind the CNAME, in the service's own zone. */
export type TxtStatus = Open<StatusOf<'txt'>>

/** The MTA-STS policy file over HTTPS. */
export type PolicyFileStatus = Open<StatusOf<'policy_file'>>

/** The verdict over all parts of a service. */
export type OverallStatus = Open<StatusOf<'overall'>>

/**
 * Why a part has its status. A part that is as it should be has the reason null, or one that passes by itself such as
 * `propagating`. `@dmarc-as-code/records/reasons` lists the known ones and has words for them.
 */
export type RecordReason = Open<Reason<'cname' | 'txt' | 'policy_file'>>

/** `dmarc_status` of a domain; more may exist. */
export const dmarcStatuses = ['dmarc_inactive', 'dmarc_active', 'dmarc_record_published'] as const
/** What the service says of a domain's DMARC record; an open list. */
export type DmarcStatus = Open<(typeof dmarcStatuses)[number]>

/** `mta_sts_status` of a domain; more may exist. */
export const mtaStsStatuses = ['mta_sts_inactive', 'mta_sts_active'] as const
/** What the service says of a domain's MTA-STS; an open list. */
export type MtaStsStatus = Open<(typeof mtaStsStatuses)[number]>

/** What `verify hosted MTA-STS` can be asked to look at. */
export const verifiableRecords: readonly VerifiableRecord[] = [
  ...wireRecords.filter((word): word is MtaStsWord => word !== recordKindTable.dmarc.wireWord),
  'all',
]
/** Which record a verification of MTA-STS looks at. */
export type VerifiableRecord = MtaStsWord | 'all'
type MtaStsWord = Exclude<WireRecord, (typeof recordKindTable)['dmarc']['wireWord']>

/** What a server can announce at `GET /v2/capabilities`; the vendor has no such route, hence none of these. */
export const extensionNames = [
  /** Tags have routes of their own. */
  'tags',
  /** `tag_ids` and `tag_names` on domain update. */
  'tags_on_update',
  /** `mta_sts_policy` on domain update. */
  'mta_sts_policy_on_update',
  /** Domains can be deleted. (The vendor very likely can too; its documentation does not say.) */
  'delete',
  /** Verify answers say why, what was expected and found, and what to do. */
  'record_reasons',
  /** Domains in lists and in show carry their account, hosting, policy and CNAMEs. */
  'hosting_in_lists',
  /** Lists honour `page` and `per`, and answer whole without them. */
  'paging',
  /** Creating with an `Idempotency-Key` that was used before answers with the object created then, for 24 hours. */
  'idempotency_keys',
  /** `take_over_current` on domain update: hosting begins with what is live. */
  'take_over_current',
  /** Answers to updates and deletions carry `effect`, and take a reason as `allow_weaker`. */
  'effect',
  /** Domains carry `managed_by`, which create and update set. */
  'managed_by',
  /** Domains carry `version`; update and delete heed `If-Match` and refuse another version with 412. */
  'versions',
  /** Reports arrive: totals, sources, evidence and problems have routes, and the vendor's report routes answer. */
  'reports',
  /** Domains carry `evidence_gate`; an update that tightens a policy without evidence is refused unless `accept_risk` says why. */
  'evidence_gate',
  /** The records of a deleted domain stay for a while where they enforce a policy, and the domain can be restored. */
  'restore',
  /** The changes of a domain's statuses can be read. */
  'status_changes',
  /** Who changed what can be read. */
  'audit_events',
  /** Users choose where notices about their domains are sent. */
  'notice_targets',
] as const
/** The name of an extension that a server can announce. */
export type ExtensionName = (typeof extensionNames)[number]

/** What a token may do on our server. */
export const tokenPrivileges = ['read', 'write', 'verify'] as const
/** What a token may do on our server. */
export type TokenPrivilege = (typeof tokenPrivileges)[number]

/** `error.code` of our server: one per status, so that a caller can switch on either. */
export const errorCodes = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  412: 'precondition_failed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  422: 'unprocessable',
  429: 'too_many_requests',
  500: 'internal_error',
  503: 'unavailable',
} as const
/** `error.code` of our server. */
export type ErrorCode = (typeof errorCodes)[keyof typeof errorCodes]

/** `error.details[].code` of our server, an open list. */
export const errorDetailCodes = [
  'required',
  'unknown_field',
  'wrong_type',
  'invalid_value',
  'address_invalid',
  'address_taken',
  'report_flag_required',
  'parked_quota_exhausted',
  'domain_quota_exhausted',
  'plan_too_low',
  'tag_unknown',
  'tag_name_taken',
  'notice_target_taken',
  'too_many_notice_targets',
  'mail_not_sent',
  'policy_invalid',
  'record_invalid',
  'report_address_missing',
  'mta_sts_report_required',
  'mta_sts_policy_required',
  'parked_domain_not_hostable',
  'parked_policy_not_reject',
  'name_too_long_to_host',
  'hosted_dmarc_off',
  'hosted_mta_sts_off',
  'account_not_empty',
  'address_not_public',
  'nothing_to_take_over',
  'current_record_unreadable',
  'version_outdated',
  'idempotency_key_reused',
  'evidence_missing',
] as const
/** `error.details[].code` of our server. */
export type ErrorDetailCode = Open<(typeof errorDetailCodes)[number]>

/** Whether a domain asks for evidence before a policy is tightened. */
export const evidenceGates = ['off', 'enforce'] as const
/** Whether a domain asks for evidence before a policy is tightened. */
export type EvidenceGate = (typeof evidenceGates)[number]

/** How what holds after a change compares with what held before. */
export const effectGrades = ['stronger', 'same', 'weaker', 'incomparable'] as const satisfies readonly EffectGrade[]

/** What of mail authentication a change touches. */
export const effectAspects = [
  'policy',
  'subdomain-policy',
  'nonexistent-policy',
  'alignment',
  'reports',
  'failure-reports',
  'tls-reports',
  'mode',
  'mx',
  'max-age',
] as const satisfies readonly EffectAspect[]

/** The areas of the product a user may be let into. */
export const userMembershipAreas = [
  'domains',
  'alerts',
  'domains_reports',
  'plans',
  'profile',
  'reports',
  'subscription',
  'summary',
  'teams',
  'timeline',
  'widgets',
] as const
/** An area of an account that a user may be allowed to use. */
export type UserMembershipArea = (typeof userMembershipAreas)[number]
