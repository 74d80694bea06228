import type { DmarcStatus, EvidenceGate, MtaStsStatus, Open } from '../enumerations.ts'
import { type CnameRecord, collectCnameRecords } from './cname-records.ts'
import { asList, asObject, flag, integer, type Json, text, unwrap } from './json.ts'
import { type ManagedBy, readManagedBy } from './managed-by.ts'
import { type MtaStsPolicy, readMtaStsPolicy } from './mta-sts-policy.ts'
import { readTag, type Tag } from './tag.ts'

/** A monitored domain. Fields the server adds beyond these are kept. */
export interface Domain {
  /** Number of the domain. */
  id: number
  /** The domain name. */
  address: string
  /** Usable in place of the id; dots become dashes. */
  slug: string
  /** The owner. */
  user_id?: number
  /** Aggregate reports are wanted. */
  rua_report: boolean
  /** Failure reports are wanted. */
  ruf_report: boolean
  /** Null until someone decided. */
  mta_sts_report: boolean | null
  /** What the service says of the DMARC record; empty where it says nothing. */
  dmarc_status: DmarcStatus
  /** What the service says of MTA-STS; empty where it says nothing. */
  mta_sts_status: MtaStsStatus
  /** The domain sends no mail. */
  parked_domain: boolean
  /** Message credits left; parked domains only. */
  parked_domain_credits?: number
  /** State of the parked subscription; parked domains only. */
  parked_domain_status?: string
  /** ISO 8601, UTC. */
  created_at?: string
  /** ISO 8601, UTC. */
  updated_at?: string
  /** Tags of the domain; empty where it has none. */
  tags: Tag[]
  /** The account asked, or named by the server; the vendor's list of all domains does not tell. */
  account_id?: number
  /** Undefined when this answer does not tell; `hostedServices` always does. */
  hosted_dmarc?: boolean
  /** Undefined when this answer does not tell; `hostedServices` always does. */
  hosted_mta_sts?: boolean
  /** Null when there is none, undefined when this answer does not tell. */
  mta_sts_policy?: MtaStsPolicy | null
  /** What hosted DMARC published at first; holds the report addresses that every other record must keep. */
  default_dmarc_record?: string | null
  /** What hosted DMARC publishes now. */
  current_dmarc_config?: string | null
  /** The CNAMEs of the hosted services, if this answer carries them. */
  cname_records?: CnameRecord[]
  /** Raised by every change of settings, tags and `managed_by`; undefined where the server does not announce `versions`. */
  version?: number
  /** Null where no code says that it keeps the domain, undefined where the server does not announce `managed_by`. */
  managed_by?: ManagedBy | null
  /** Whether a policy may be tightened without evidence; undefined where the server does not announce `evidence_gate`. */
  evidence_gate?: Open<EvidenceGate>
}

/** The fields of a domain as the answer has them; undefined when it is none. */
export function domainFields(value: unknown): Json | undefined {
  const raw = unwrap(value, 'domain', isDomain)
  if (!raw || asObject(value) === raw) return raw
  // `{domain: {…}, cname_records: […]}`: what lies beside a wrapped domain belongs to it.
  const { domain, data, ...beside } = asObject(value) ?? {}
  return { ...beside, ...raw }
}

/** Reads a domain, bare or wrapped; undefined when it is none. */
export function readDomain(value: unknown): Domain | undefined {
  const all = domainFields(value)
  const id = integer(all?.id)
  const address = text(all?.address)
  if (!all || id === undefined || address === undefined) return undefined
  const cnames = collectCnameRecords(all, address)
  return {
    ...all,
    id,
    address,
    slug: text(all.slug) ?? String(id),
    rua_report: flag(all.rua_report) ?? false,
    ruf_report: flag(all.ruf_report) ?? false,
    mta_sts_report: flag(all.mta_sts_report) ?? null,
    dmarc_status: text(all.dmarc_status) ?? '',
    mta_sts_status: text(all.mta_sts_status) ?? '',
    parked_domain: flag(all.parked_domain) ?? false,
    tags: (asList(all.tags) ?? []).flatMap((tag) => readTag(tag) ?? []),
    ...known('hosted_dmarc', enabled(all.hosted_dmarc)),
    ...known('hosted_mta_sts', enabled(all.hosted_mta_sts)),
    ...known('account_id', integer(all.account_id)),
    ...known('mta_sts_policy', all.mta_sts_policy === null ? null : readMtaStsPolicy(all.mta_sts_policy)),
    ...known('default_dmarc_record', recordText(all.default_dmarc_record)),
    ...known('current_dmarc_config', recordText(all.current_dmarc_config)),
    ...known('version', integer(all.version)),
    ...known('managed_by', readManagedBy(all.managed_by)),
    ...known('cname_records', cnames.length > 0 || 'cname_records' in all ? cnames : undefined),
  }
}

/** A service's switch: a boolean, or an object with `enabled` in it. */
export function enabled(value: unknown): boolean | undefined {
  return flag(value) ?? flag(asObject(value)?.enabled)
}

const isDomain = (object: Json) => 'address' in object && 'id' in object

/** A DMARC record as text, or inside an object under one of the keys the API uses elsewhere. */
export function recordText(value: unknown): string | null | undefined {
  if (value === null || typeof value === 'string') return value
  const object = asObject(value)
  return text(object?.dmarc_record ?? object?.record ?? object?.value)
}

/** Leaves a field out, and overwrites an unreadable one, rather than setting it to undefined. */
function known<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value })
}
