import * as z from 'zod'
import { alignments, dmarcPolicies, publicSuffixFlags, testModes } from '../enumerations.ts'
import { code, flag, weakeningReason } from './values.ts'

/** Addresses without `mailto:`, their hosts in any script. Whether mail can go there is a rule of `records`, not of this shape. */
const emails = z.array(z.string().min(1).max(320)).max(20)

/** Fields are at the top, not wrapped. The service's own report addresses are put in by themselves. */
export const generateDmarcRecordBody = z.strictObject({
  p: z.enum(dmarcPolicies),
  sp: z.enum(dmarcPolicies).optional(),
  np: z.enum(dmarcPolicies).optional(),
  pct: z.int().min(0).max(100).optional(),
  adkim: z.enum(alignments).optional(),
  aspf: z.enum(alignments).optional(),
  fo: z
    .string()
    .regex(/^[01ds](:[01ds])*$/, 'must be 0, 1, d or s, or several of them joined by colons, e.g. 1:d:s')
    .optional(),
  additional_rua_emails: emails.optional(),
  additional_ruf_emails: emails.optional(),
  t: z.enum(testModes).optional(),
  psd: z.enum(publicSuffixFlags).optional(),
  /** Publishes the record too; hosted DMARC must be on. */
  publish: flag.optional(),
  /** Ours: why a policy is tightened without evidence, where the domain asks for it. */
  accept_risk: weakeningReason.optional(),
})
export type GenerateDmarcRecordBody = z.output<typeof generateDmarcRecordBody>

export const generatedDmarcRecord = z.object({
  dmarc_record: z.string(),
  record_length: z.int(),
  max_length: z.int(),
  /** Ours: whether it was published. */
  published: z.boolean(),
  /** Ours: what a reader of the record may stumble over, e.g. that RFC 9989 ignores `pct`. */
  warnings: z.array(z.object({ code, message: z.string() })),
})
export type WireGeneratedDmarcRecord = z.output<typeof generatedDmarcRecord>
