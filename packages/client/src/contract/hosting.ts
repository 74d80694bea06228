import {
  type Reason,
  type ReasonSubject,
  reasonsOf,
  type StatusOf,
  type StatusSubject,
  statusesOf,
} from '@dmarc-as-code/records/reasons'
import * as z from 'zod'
import { dmarcStatuses, hostedServiceNames, mtaStsStatuses, verifiableRecords, wireRecords } from '../enumerations.ts'
import { id, timestamp } from './values.ts'

const status = <Subject extends StatusSubject>(subject: Subject) =>
  z.enum<readonly StatusOf<Subject>[]>(statusesOf(subject))

/** The server answers only with reasons of the catalogue, which has words for each. */
const reason = <Subject extends ReasonSubject>(subject: Subject) =>
  z.enum<readonly Reason<Subject>[]>(reasonsOf(subject))

/** A CNAME the customer must publish. `value` is opaque: never build it, always take it from the API. */
export const cnameRecord = z.object({
  service: z.enum(hostedServiceNames),
  record: z.enum(wireRecords),
  type: z.literal('CNAME'),
  name: z.string(),
  value: z.string(),
  status: status('cname'),
  /** Ours: why, from the latest look. */
  reason: reason('cname').nullable().optional(),
  /** Ours: when that look was; null before the first. */
  checked_at: timestamp.nullable().optional(),
})
export type WireCnameRecord = z.output<typeof cnameRecord>

export const hostedServices = z.object({
  domain: z.object({ id, address: z.string(), slug: z.string() }),
  hosted_dmarc: z.boolean(),
  hosted_mta_sts: z.boolean(),
  dmarc_status: z.enum(dmarcStatuses),
  mta_sts_status: z.enum(mtaStsStatuses),
  /** Of the services that are on; empty when none is. */
  cname_records: z.array(cnameRecord),
})
export type WireHostedServices = z.output<typeof hostedServices>

/**
 * Ours: what stands behind a status. These fields lie beside the vendor's `status` in the same object, so whoever reads
 * only the vendor's fields sees the vendor's shape.
 */
const evidence = <Subject extends Exclude<ReasonSubject, 'plan'>>(subject: Subject) => ({
  /** Null when there is nothing to explain. */
  reason: reason(subject).nullable(),
  /** The name that was asked for; the URL of the policy file. */
  name: z.string(),
  /** What should be there: the CNAME's target, the TXT text, the policy file. */
  expected: z.string(),
  /** What is there, in one line; null when nothing is, or nobody answered (the reason tells which). */
  found: z.string().nullable(),
  /** The next step for the reader, as a sentence; null when there is nothing to do. */
  fix: z.string().nullable(),
  /** When this was last looked at; null before the first look. */
  checked_at: timestamp.nullable(),
  /** Where: the servers or resolvers that were asked, e.g. `ns1.example.net (192.0.2.53)`. */
  asked: z.array(z.string()),
  /** When caches will have forgotten the older answer, if one is known to linger. */
  visible_by: timestamp.optional(),
  /** Further facts as sentences: which servers did not answer, disagree, or were not asked. */
  detail: z.string().optional(),
})

/** `value` is the target, as in the vendor's CNAME objects; `expected` repeats it in the words of the evidence. */
export const cnameCheck = z.object({ value: z.string(), status: status('cname'), ...evidence('cname') })
export type WireCnameCheck = z.output<typeof cnameCheck>

export const txtCheck = z.object({ status: status('txt'), ...evidence('txt') })
export type WireTxtCheck = z.output<typeof txtCheck>

export const policyFileCheck = z.object({ status: status('policy_file'), ...evidence('policy_file') })
export type WirePolicyFileCheck = z.output<typeof policyFileCheck>

export const dmarcVerification = z.object({
  overall_status: status('overall'),
  cname: cnameCheck,
  txt_record: txtCheck,
})
export type WireDmarcVerification = z.output<typeof dmarcVerification>

const cnameAndTxt = z.object({
  cname_status: status('cname'),
  txt_record_status: status('txt'),
  cname: cnameCheck,
  txt_record: txtCheck,
})

/** With `record` other than `all`, only the chosen part is present; `policy` means `policy_cname` and `policy_file`. */
export const mtaStsVerification = z.object({
  overall_status: status('overall'),
  records: z.object({
    policy_cname: z.object({ cname_status: status('cname'), cname: cnameCheck }).optional(),
    mta_sts_record: cnameAndTxt.optional(),
    tls_rpt_record: cnameAndTxt.optional(),
    policy_file: policyFileCheck.optional(),
  }),
})
export type WireMtaStsVerification = z.output<typeof mtaStsVerification>

/** Rails reads `record` from the query or from the body; our server does too. */
export const verifyMtaStsQuery = z.object({ record: z.enum(verifiableRecords).optional() })
export type VerifyMtaStsQuery = z.output<typeof verifyMtaStsQuery>

/** A verify call may come without a body, with `{}`, or with `record` in it. */
export const verifyMtaStsBody = z.strictObject({ record: z.enum(verifiableRecords).optional() }).nullish()
export type VerifyMtaStsBody = z.output<typeof verifyMtaStsBody>
