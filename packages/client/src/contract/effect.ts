import { dmarcPolicies } from '@dmarc-as-code/records'
import { reasonsOf } from '@dmarc-as-code/records/reasons'
import * as z from 'zod'
import { alignments, effectAspects, effectGrades, mtaStsModes } from '../enumerations.ts'

/**
 * Ours: what a change of hosting does to mail once the CNAMEs lead to this server (after hosting is switched off or the
 * domain is deleted: at once). Answers carry it; nothing is refused because of it.
 */
const effectChange = z.object({
  aspect: z.enum(effectAspects),
  grade: z.enum(['stronger', 'weaker', 'incomparable']),
  /** A reason of the subject `effect` in `@dmarc-as-code/records/reasons`. */
  reason: z.enum(reasonsOf('effect')),
  /** The reason in words, as a sentence. */
  message: z.string(),
  before: z.string(),
  after: z.string(),
})

const judgement = {
  /** False: the live state could not be read, so the effect is unknown; `message` says why. */
  known: z.boolean(),
  /** Null where the effect is unknown. */
  grade: z.enum(effectGrades).nullable(),
  /** Something becomes weaker. */
  weakens: z.boolean(),
  /** Clients that apply a change like this ask for a reason first. */
  needs_consent: z.boolean(),
  /** The effect in a few sentences, and how to avoid it where it weakens. */
  message: z.string(),
  /** Only what changes. */
  changes: z.array(effectChange),
}

const dmarcState = z.object({
  /** The text of the record; null where there is none. */
  record: z.string().nullable(),
  /** The domain whose record it is: the domain itself, or a parent; null where there is none. */
  policy_domain: z.string().nullable(),
  /** What receivers that follow RFC 9989 apply, one level lower in test mode. */
  policy: z.enum(dmarcPolicies),
  subdomain_policy: z.enum(dmarcPolicies),
  nonexistent_subdomain_policy: z.enum(dmarcPolicies),
  adkim: z.enum(alignments),
  aspf: z.enum(alignments),
  /** URIs. */
  rua: z.array(z.string()),
  ruf: z.array(z.string()),
})

const mtaStsState = z.object({
  /** `none` also where there is no usable policy. */
  mode: z.enum(mtaStsModes),
  mx: z.array(z.string()),
  /** Seconds. */
  max_age: z.int(),
})

/** `before` and `after` are null where they are not known. */
export const dmarcEffect = z.object({ ...judgement, before: dmarcState.nullable(), after: dmarcState.nullable() })
export type WireDmarcEffect = z.output<typeof dmarcEffect>

export const mtaStsEffect = z.object({ ...judgement, before: mtaStsState.nullable(), after: mtaStsState.nullable() })
export type WireMtaStsEffect = z.output<typeof mtaStsEffect>

/** By service; a service that the request does not touch is left out. */
export const effect = z.object({ dmarc: dmarcEffect.optional(), mta_sts: mtaStsEffect.optional() })
export type WireEffect = z.output<typeof effect>

const takenOverService = {
  /** What of it is kept, tag by tag: `p=reject`, `rua=mailto:soc@example.com`; for MTA-STS `mode: enforce`, `mx: mx.example.com`. */
  kept: z.array(z.string()),
  /** What this server adds, in the same form. */
  added: z.array(z.string()),
  /** What could not be kept, each with the reason as a sentence. */
  dropped: z.array(z.object({ value: z.string(), message: z.string() })),
}

/** Ours: what is hosted from now on, read from what was live. By service; null where nothing was live but what is hosted. */
export const takenOver = z.object({
  dmarc: z
    .object({
      /** The record as it was found. */
      record: z.string(),
      /** The domain itself, or the parent whose record applied to it. */
      policy_domain: z.string(),
      ...takenOverService,
    })
    .nullable()
    .optional(),
  mta_sts: z
    .object({
      /** `policy_file`: the policy that was live; `mx`: mode testing with the domain's MX records. */
      source: z.enum(['policy_file', 'mx']),
      ...takenOverService,
    })
    .nullable()
    .optional(),
})
export type WireTakenOver = z.output<typeof takenOver>
