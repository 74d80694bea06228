import type { Alignment, DmarcPolicy, EvidenceGate, MtaStsMode, PublicSuffixFlag, TestMode } from '../enumerations.ts'

/** All three fields belong together. */
export interface MtaStsPolicyInput {
  /** Begin with `testing`. */
  mode: MtaStsMode
  /** Mail hosts: a list, or one text with commas. Sent as the text. A leading `*.` covers exactly one label. */
  mx: string | readonly string[]
  /** Whole days, 1 to 365. */
  mx_age: number
}

/** Tags to attach; those of both lists together. */
export interface TagChoice {
  /** Numbers of tags. */
  tag_ids?: readonly number[]
  /** Each must exist already. */
  tag_names?: readonly string[]
}

/** Which code keeps a domain. Sent only where the server announces `managed_by`. */
export interface ManagedByInput {
  /** Where the code is: a workspace, a repository, a stack. 1 to 255 characters. */
  workspace: string
  /** 1 to 255 characters. */
  label?: string | null
}

/** A domain to create. */
export interface CreateDomainInput extends TagChoice {
  /** The domain name. */
  address: string
  /** Aggregate reports wanted. At least one of the two must be true. */
  rua_report: boolean
  /** Failure reports wanted. */
  ruf_report: boolean
  /** SMTP TLS reports are wanted. */
  mta_sts_report?: boolean
  /** Needs parked quota in the subscription; can never be changed. */
  parked_domain?: boolean
  /** The policy that hosted MTA-STS serves once it is on. */
  mta_sts_policy?: MtaStsPolicyInput
  /** Which code keeps the domain. Sent only where the server announces `managed_by`. */
  managed_by?: ManagedByInput | null
}

/** What is left out keeps its value. Tags replace all tags of the domain, and need the extension `tags_on_update`. */
export interface UpdateDomainInput extends TagChoice {
  /** Aggregate reports are wanted. */
  rua_report?: boolean
  /** Failure reports are wanted. */
  ruf_report?: boolean
  /** SMTP TLS reports are wanted. */
  mta_sts_report?: boolean
  /** Needs a paid plan; on a parked domain also `p=reject`. */
  hosted_dmarc?: boolean
  /** A whole DMARC record that keeps the rua and ruf addresses of `default_dmarc_record`. */
  hosted_dmarc_config?: string
  /** Needs a paid plan and `mta_sts_report`; not for parked domains. */
  hosted_mta_sts?: boolean
  /** Needs the extension `mta_sts_policy_on_update`. */
  mta_sts_policy?: MtaStsPolicyInput
  /** Hosting that this update turns on begins with what is live now. Needs the extension `take_over_current`. */
  take_over_current?: boolean
  /** Why the protection may become weaker, for the history of the domain. Sent only where the server announces `effect`. */
  allow_weaker?: string
  /** Whether a policy may be tightened without evidence. Needs the extension `evidence_gate`. */
  evidence_gate?: EvidenceGate
  /** Why a policy is tightened without evidence, for the history of the domain. Sent only where the server announces `evidence_gate`. */
  accept_risk?: string
  /** Null: no code keeps the domain any more. */
  managed_by?: ManagedByInput | null
}

/** The DMARC record to generate. */
export interface GenerateDmarcRecordInput {
  /** Policy for the domain. */
  p: DmarcPolicy
  /** For subdomains. */
  sp?: DmarcPolicy
  /** For subdomains that do not exist. */
  np?: DmarcPolicy
  /** 0 to 100. RFC 9989 has dropped it; older receivers still obey. */
  pct?: number
  /** DKIM alignment. Default: `r`. */
  adkim?: Alignment
  /** SPF alignment. Default: `r`. */
  aspf?: Alignment
  /** `0`, `1`, `d`, `s`, or several joined by colons. */
  fo?: string
  /** Addresses without `mailto:`. The service adds its own. */
  additional_rua_emails?: readonly string[]
  /** Addresses without `mailto:`. The service adds its own. */
  additional_ruf_emails?: readonly string[]
  /** Test mode. Default: `n`. */
  t?: TestMode
  /** Public suffix domain. Default: `u`. */
  psd?: PublicSuffixFlag
  /** Also publish it; hosted DMARC must be on. */
  publish?: boolean
}

/** A tag to create. */
export interface CreateTagInput {
  /** Unique among the user's tags. */
  name: string
  /** `#RRGGBB`. */
  color?: string
}

/** What changes about a tag; what is left out keeps its value. */
export type UpdateTagInput = Partial<CreateTagInput>

/** An account to create. */
export interface CreateAccountInput {
  /** Name that people see; need not be unique. */
  title: string
  /** The owner. Default: the user of the token. */
  user_id?: string
}

/** As it goes over the wire: the mail hosts as one text. */
export function wirePolicy(policy: MtaStsPolicyInput): { mode: MtaStsMode; mx: string; mx_age: number } {
  return { ...policy, mx: typeof policy.mx === 'string' ? policy.mx : policy.mx.join(', ') }
}
