import * as z from 'zod'
import { dmarcStatuses, evidenceGates, mtaStsModes, mtaStsStatuses } from '../enumerations.ts'
import { effect, takenOver } from './effect.ts'
import { cnameRecord } from './hosting.ts'
import { tag } from './tags.ts'
import { flag, id, message, pageMeta, timestamp, weakeningReason } from './values.ts'

/** `mx` is one text, hosts separated by commas; `mx_age` counts whole days (the policy file's `max_age` counts seconds). */
export const mtaStsPolicy = z.object({ mode: z.enum(mtaStsModes), mx: z.string(), mx_age: z.int() })
export type WireMtaStsPolicy = z.output<typeof mtaStsPolicy>

/** In a list, a host has no comma, which separates hosts in the text, and no control character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are refused
const mailHost = /^[^,\x00-\x1f\x7f-\x9f]*$/

/**
 * As sent: all three fields together. A list of hosts is taken as well as the vendor's text; both become the text. 365
 * days is the last whole number below the maximum of RFC 8461 section 3.2 (31557600 s).
 */
export const mtaStsPolicyInput = z
  .strictObject({
    mode: z.enum(mtaStsModes),
    mx: z.union([z.string(), z.array(z.string().regex(mailHost))]).transform(mxText),
    mx_age: z.int().min(1).max(365),
  })
  .refine((policy) => policy.mode === 'none' || policy.mx !== '', {
    path: ['mx'],
    error:
      'names no mail host; modes testing and enforce need at least one, separated by commas (RFC 8461 section 3.2)',
  })
export type MtaStsPolicyInput = z.output<typeof mtaStsPolicyInput>

function mxText(mx: string | string[]): string {
  const hosts = typeof mx === 'string' ? mx.split(',') : mx
  return hosts
    .map((host) => host.trim())
    .filter((host) => host !== '')
    .join(', ')
}

/** Ours: which code keeps a domain. */
export const managedBy = z.object({
  /** Where the code is: a workspace, a repository, a stack. */
  workspace: z.string(),
  label: z.string().nullable(),
})
export type WireManagedBy = z.output<typeof managedBy>

const managedByText = z.string().trim().min(1).max(255)
/** As sent; null says that no code keeps the domain any more. */
export const managedByInput = z
  .strictObject({ workspace: managedByText, label: managedByText.nullish() })
  .transform(({ workspace, label }) => ({ workspace, label: label ?? null }))
  .nullable()
export type ManagedByInput = z.input<typeof managedByInput>

export const domain = z.object({
  id,
  user_id: id,
  address: z.string(),
  slug: z.string(),
  rua_report: z.boolean(),
  ruf_report: z.boolean(),
  mta_sts_report: z.boolean().nullable(),
  dmarc_status: z.enum(dmarcStatuses),
  mta_sts_status: z.enum(mtaStsStatuses),
  parked_domain: z.boolean(),
  /** Message credits left; parked domains only. */
  parked_domain_credits: z.int().optional(),
  parked_domain_status: z.string().optional(),
  created_at: timestamp,
  updated_at: timestamp,
  tags: z.array(tag),
  /** Ours from here on, in every list and every single answer, so that a refresh of many domains needs list calls only. */
  account_id: id,
  hosted_dmarc: z.boolean(),
  hosted_mta_sts: z.boolean(),
  mta_sts_policy: mtaStsPolicy.nullable(),
  /** The record made when hosting begins; null while hosted DMARC is off. */
  default_dmarc_record: z.string().nullable(),
  /** The record that is published now; null while hosted DMARC is off. */
  current_dmarc_config: z.string().nullable(),
  /** Present when a service is hosted. */
  cname_records: z.array(cnameRecord).optional(),
  /** Raised by every change of the domain's settings, tags and `managed_by`. `If-Match` takes it; `ETag` answers it. */
  version: z.int().positive(),
  /** Null where no code says that it keeps the domain. */
  managed_by: managedBy.nullable(),
  /** `enforce`: what tightens a policy without evidence is refused with 409 and the detail `evidence_missing`. */
  evidence_gate: z.enum(evidenceGates),
})
export type WireDomain = z.output<typeof domain>

/** What an update answers: the domain and what the change comes to. */
export const updatedDomain = domain.extend({
  /** Where what was live is hosted from now on. */
  taken_over: takenOver.optional(),
  /** Where hosting is switched on or off, or what is hosted changes. */
  effect: effect.optional(),
})
export type WireUpdatedDomain = z.output<typeof updatedDomain>

/** What a deletion answers; `effect` where something was hosted. */
export const deletedDomain = message.extend({
  effect: effect.optional(),
  /** Until when the hosted records stay, and the domain can be restored; absent where they went at once. */
  kept_until: timestamp.optional(),
})
export type WireDeletedDomain = z.output<typeof deletedDomain>

export const domainList = z.object({ domains: z.array(domain), meta: pageMeta('total_domains').optional() })
export type WireDomainList = z.output<typeof domainList>

const tagChoice = {
  tag_ids: z.array(id).max(100).optional(),
  /** Each must exist already. */
  tag_names: z.array(z.string().trim().min(1)).max(100).optional(),
}

export const createDomainBody = z.strictObject({
  domain: z
    .strictObject({
      /** A domain name, as A-labels or in its own script. Whether it is one, `parseDomainName` of records decides. */
      address: z.string().min(1).max(1024),
      rua_report: flag,
      ruf_report: flag,
      mta_sts_report: flag.optional(),
      parked_domain: flag.optional(),
      mta_sts_policy: mtaStsPolicyInput.optional(),
      /** Ours. */
      managed_by: managedByInput.optional(),
      ...tagChoice,
    })
    .refine((fields) => fields.rua_report || fields.ruf_report, {
      path: ['rua_report'],
      error: 'rua_report and ruf_report are both false; at least one must be true',
    }),
})
export type CreateDomainBody = z.output<typeof createDomainBody>

/** A partial update: what is left out keeps its value. `address` and `parked_domain` never change. */
export const updateDomainBody = z.strictObject({
  domain: z.strictObject({
    rua_report: flag.optional(),
    ruf_report: flag.optional(),
    mta_sts_report: flag.optional(),
    hosted_dmarc: flag.optional(),
    /** A whole DMARC record that keeps the rua and ruf addresses of `default_dmarc_record`. */
    hosted_dmarc_config: z.string().min(1).max(4096).optional(),
    hosted_mta_sts: flag.optional(),
    /** Ours: the vendor takes a policy at creation only. */
    mta_sts_policy: mtaStsPolicyInput.optional(),
    /**
     * Ours: a service that this request switches on, or that is hosted while its CNAME does not lead to this server yet, hosts
     * what is live now. DMARC keeps policy, alignment and the owner's report addresses and gets ours; MTA-STS keeps the policy
     * of the live file. Not for a service whose record or policy the request gives itself.
     */
    take_over_current: flag.optional(),
    /** Ours: why the protection may become weaker. Kept in the history of the domain; nothing is refused without it. */
    allow_weaker: weakeningReason.optional(),
    /** Ours: whether a policy may be tightened without evidence. */
    evidence_gate: z.enum(evidenceGates).optional(),
    /** Ours: why a policy is tightened without evidence. Kept in the history of the domain. */
    accept_risk: weakeningReason.optional(),
    /** Ours. */
    managed_by: managedByInput.optional(),
    /** Ours: replaces all tags of the domain; both lists together name the wanted tags. */
    ...tagChoice,
  }),
})
export type UpdateDomainBody = z.output<typeof updateDomainBody>

/** A deletion has no body, so the reason is in the query. */
export const deleteDomainQuery = z.object({ allow_weaker: weakeningReason.optional() })
export type DeleteDomainQuery = z.output<typeof deleteDomainQuery>
