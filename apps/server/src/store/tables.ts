import type { Generated } from 'kysely'

/**
 * The database as Kysely sees it, the same on SQLite and PostgreSQL. Times are whole milliseconds since 1970 (UTC),
 * booleans are 0 or 1, and lists or reports are JSON text: the three kinds both engines agree on.
 */
export interface Tables {
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
}

export interface IdempotencyKeyTable {
  user_id: number
  key: string
  operation: string
  subject: string
  /** Null until the transaction that took the key has created the object. */
  object_id: number | null
  created_at: number
}

export type Flag = 0 | 1

export interface UserTable {
  id: Generated<number>
  email: string
  plan: string
  /** Null: what the plan grants. */
  parked_quota: number | null
  created_at: number
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
  /** The owner of the account it was created in. Which accounts hold it, `domain_accounts` says. */
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
  /** Local part of the report addresses, unguessable and the domain's own. */
  report_id: string
  dmarc_status: string
  mta_sts_status: string
  created_at: number
  updated_at: number
}

export interface DomainTagTable {
  domain_id: number
  tag_id: number
}

export interface DomainAccountTable {
  id: Generated<number>
  account_id: number
  domain_id: number
  /** Repeated from the domain, so that the database itself refuses an address twice in one account. */
  address: string
  slug: string
  created_at: number
}

/**
 * What is published for one key. A key belongs to one domain for ever: when the domain goes, the row stays as a
 * tombstone (and goes on serving `mode: none` while senders may still hold an older policy).
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
  /** The policy text that is served now; its digest is the published id. */
  live_policy: string | null
  live_policy_at: number | null
  /** When the policy host first answered with the policy; null: no sender can hold it. */
  first_served_at: number | null
  /** Until when a sender may still hold a policy that was served earlier. */
  keep_until: number
  /** Since when the customer's `mta-sts` CNAME has been seen pointing here; null: it is not. */
  policy_cname_verified_at: number | null
  published_at: number | null
  retired_at: number | null
}

export interface VerificationTable {
  domain_id: number
  service: string
  /** JSON: status and reason per CNAME, the little that lists need. */
  summary: string
  /** JSON: what the last look saw, and what is remembered for the next one. */
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
  /** Raised whenever somebody asks for this work again, so that a worker that started earlier does not tick it off. */
  generation: number
  lease_until: number
  lease_owner: string | null
}
