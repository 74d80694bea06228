import type { Generated } from 'kysely'
import type { ReportTables } from './report-tables.ts'

/**
 * The tables, the same on SQLite and PostgreSQL. Times are whole milliseconds since 1970 (UTC), booleans are 0 or 1, and
 * lists and reports are JSON text: the types both engines share.
 */
export interface Tables extends ReportTables {
  users: UserTable
  accounts: AccountTable
  user_accounts: UserAccountTable
  tokens: TokenTable
  tags: TagTable
  domains: DomainTable
  domain_tags: DomainTagTable
  domain_accounts: DomainAccountTable
  hostings: HostingTable
  verifications: VerificationTable
  observations: ObservationTable
  work: WorkTable
  idempotency_keys: IdempotencyKeyTable
  token_budgets: TokenBudgetTable
  zone_comparisons: ZoneComparisonTable
  certificates: CertificateTable
  certificate_orders: CertificateOrderTable
  zones: ZoneTable
  zone_names: ZoneNameTable
  zone_changes: ZoneChangeTable
  acme_state: AcmeStateTable
  notice_targets: NoticeTargetTable
  notices: NoticeTable
  notice_deliveries: NoticeDeliveryTable
  audit_events: AuditEventTable
  deleted_domains: DeletedDomainTable
}

/** A deleted domain whose hosted records stay for a while. */
export interface DeletedDomainTable {
  domain_id: number
  user_id: number
  hosting_key: string
  address: string
  deleted_at: number
  /** When the records go, and the domain cannot be restored any more. */
  kept_until: number
  /** JSON: the rows of the domain. */
  snapshot: string
}

/** One change that somebody made. */
export interface AuditEventTable {
  id: Generated<number>
  at: number
  /** The user who made it; null for a command. */
  actor_id: number | null
  token_id: number | null
  /** The client's address of a request, `user@host` of a command; null once it was erased. */
  source: string | null
  request_id: string | null
  /** The operation of the API (`updateDomain`), or the command (`token create`). */
  action: string
  object: string
  object_id: string
  /** What people know it by, at the time; null once it was erased. */
  object_name: string | null
  /** The user whose object it is. */
  owner_id: number | null
  account_id: number | null
  /** JSON: the fields that changed. Null before a creation. */
  before: string | null
  /** JSON: the same fields after it. Null after a deletion. */
  after: string | null
}

export interface AcmeStateTable {
  kind: string
  name: string
  value: string
  /** By the clock of the database. */
  updated_at: number
  /** Null: never. */
  expires_at: number | null
}

/** The hosted zone, where our own responders serve it. */
export interface ZoneTable {
  name: string
  serial: number
  /** The changes after this serial are in `zone_changes`. */
  journal_start: number
  /** 1 once the zone was written as a whole. */
  complete: Generated<Flag>
}

export interface ZoneNameTable {
  zone: string
  name: string
  /** JSON array of the record sets. */
  records: string
  /** 1 where the name comes from the configuration, not from a hosting. */
  configured: Flag
}

export interface ZoneChangeTable {
  zone: string
  serial: number
  name: string
  /** JSON arrays of the record sets, empty where the name did not or does not exist. */
  before: string
  after: string
  at: number
}

/** Where the notices about the domains of a user are sent. */
export interface NoticeTargetTable {
  id: Generated<number>
  user_id: number
  channel: 'webhook' | 'mail'
  /** A URL, or an email address. */
  destination: string
  /** What webhooks are signed with; null for mail. */
  secret: string | null
  /** Only notices about domains with this tag; null: about all. */
  tag_id: Generated<number | null>
  created_at: number
}

export interface NoticeTable {
  id: Generated<number>
  domain_id: number
  kind: string
  topic: string
  /** Unique for domain and kind, so that the same is not noted twice. */
  once: string
  /** JSON: what the kind says beside the domain. */
  facts: string
  created_at: number
}

export interface NoticeDeliveryTable {
  notice_id: number
  target_id: number
  /** Null until it is sent or given up. */
  settled_at: number | null
  /** Why it was given up; null where it was sent. */
  failure: string | null
}

/** The hostings whose policy host has had a certificate, so that the next order is a renewal. */
export interface CertificateTable {
  hosting_key: string
  obtained_at: number
}

/** The orders of the last hour, which share one pace. */
export interface CertificateOrderTable {
  id: string
  at: number
  /** The user whose domain it is; null for a domain that was deleted. */
  user_id: number | null
  renewal: Flag
}

export interface ZoneComparisonTable {
  zone: string
  /** Null before the first. */
  compared_at: number | null
  /** The serial of the zone and a digest of what the store wanted, when they were found equal; null where they were not. */
  serial: number | null
  digest: string | null
  /** Differences repaired so far. */
  repairs: Generated<number>
}

export interface TokenBudgetTable {
  token_id: number
  /** The minute, counted from 1970, that the leases belong to. */
  window: number
  /** Slices of the budget that processes have taken. */
  leased: number
}

export interface IdempotencyKeyTable {
  user_id: number
  key: string
  operation: string
  subject: string
  /** Null until the transaction that took the key has created the object. */
  object_id: number | null
  created_at: number
  /** A digest of the values the object was asked for with; null from processes of the release before. */
  fingerprint: string | null
}

export type Flag = 0 | 1

export interface UserTable {
  id: Generated<number>
  email: string
  plan: string
  /** Null: the quota of the plan. */
  parked_quota: number | null
  created_at: number
  /** Since when the user's tokens are refused; null: they are not. */
  disabled_at: number | null
  /** Domains that are not parked. Null: the quota of the plan. */
  domain_quota: number | null
}

export interface AccountTable {
  id: Generated<number>
  user_id: number
  title: string
  slug: string
  created_at: number
  updated_at: number
}

export interface UserAccountTable {
  id: Generated<number>
  account_id: number
  user_id: number
  /** JSON array of the areas of the product this user may use in this account. */
  areas: string
}

export interface TokenTable {
  id: Generated<number>
  user_id: number
  /** Null: every account of the user. */
  account_id: number | null
  name: string
  /** SHA-256 of the token in hex; the token itself is never stored. */
  hash: string
  /** JSON array of `read`, `write`, `verify`. */
  privileges: string
  created_at: number
  revoked_at: number | null
  /** Null: never. */
  expires_at: number | null
  /** To the minute. */
  last_used_at: number | null
}

export interface TagTable {
  id: Generated<number>
  user_id: number
  name: string
  color: string
  created_at: number
  updated_at: number
}

export interface DomainTable {
  id: Generated<number>
  /** The owner of the account it was created in. `domain_accounts` lists the accounts that contain it. */
  user_id: number
  address: string
  rua_report: Flag
  ruf_report: Flag
  mta_sts_report: Flag | null
  parked_domain: Flag
  parked_domain_credits: number | null
  hosted_dmarc: Flag
  /** Null while the default record is published. */
  hosted_dmarc_config: string | null
  hosted_mta_sts: Flag
  mta_sts_mode: string | null
  mta_sts_mx: string | null
  /** Days. */
  mta_sts_mx_age: number | null
  /** Local part of the report addresses; unguessable and unique to the domain. */
  report_id: string
  dmarc_status: string
  mta_sts_status: string
  created_at: number
  updated_at: number
  /** Raised by every update. A write based on an earlier version is refused. */
  version: Generated<number>
  /** Raised by changes of the settings only: the version that clients see. */
  settings_version: Generated<number>
  /** Which code keeps the domain; null: none. */
  managed_by_workspace: string | null
  managed_by_label: string | null
}

export interface DomainTagTable {
  domain_id: number
  tag_id: number
}

export interface DomainAccountTable {
  id: Generated<number>
  account_id: number
  domain_id: number
  /** Copied from the domain, so that the database enforces unique addresses in an account. */
  address: string
  slug: string
  created_at: number
}

/**
 * What is published for one key. A key belongs to one domain for ever: when the domain is deleted, the row stays as a
 * tombstone (and `mode: none` is served while senders may still cache an older policy).
 */
export interface HostingTable {
  key: string
  /** Null once the domain was deleted. */
  domain_id: number | null
  address: string
  dmarc_record: string | null
  tls_rpt_record: string | null
  /** The policy text that should be served. */
  wanted_policy: string | null
  /** The policy text served now; its digest is the published id. */
  live_policy: string | null
  live_policy_at: number | null
  /** When the policy host first served the policy; null: no sender can have cached it. */
  first_served_at: number | null
  /** Until when a sender may still cache a policy that was served earlier. */
  keep_until: number
  /** Since when the customer's `mta-sts` CNAME has pointed here; null: it does not. */
  policy_cname_verified_at: number | null
  published_at: number | null
  retired_at: number | null
  /** Raised by every update. A write based on an earlier version is refused. */
  version: Generated<number>
}

export interface VerificationTable {
  domain_id: number
  service: string
  /** JSON: status and reason of each CNAME, which is what lists need. */
  summary: string
  /** JSON: the result of the last verification, and what the next one needs of it. */
  report: string
  checked_at: number
}

export interface ObservationTable {
  id: Generated<number>
  domain_id: number
  at: number
  service: string
  record: string
  part: string
  from_status: string | null
  to_status: string
  reason: string | null
  found: string | null
}

export interface WorkTable {
  task: string
  subject: string
  next_check_at: number
  attempt: number
  /** Raised whenever the work is scheduled again, so that a worker that started earlier does not complete it. */
  generation: number
  lease_until: number
  /** The fencing token of the claim: unique, so that a worker whose lease has ended cannot settle. */
  lease_owner: string | null
}
