import { mtaStsBlockers, policyBlockers } from './blocker.ts'
import { cnameReasons } from './cname.ts'
import { effectReasons } from './effect.ts'
import { type ReasonContext, type ReasonEntry, type ReasonText, textOf } from './entry.ts'
import { failureCauses } from './failure-cause.ts'
import { planReasons } from './plan.ts'
import { policyFileReasons } from './policy-file.ts'
import { reportProblems, reportWarnings } from './report.ts'
import { intakeReasons } from './report-intake.ts'
import { txtReasons } from './txt.ts'

/**
 * Every reason any part of the product gives, with its words, by subject: the customer's CNAME, the TXT record behind it,
 * the policy file over HTTPS, what blocks a plan, what a change does to mail, what is wrong with a report, what a server
 * decides about it, what keeps a policy from being tightened, and why mail fails. The types of the reasons derive from this
 * catalogue, so a reason without words does not compile. Codes never change their meaning; a new meaning gets a new code.
 */
export const reasonCatalogue = {
  cname: cnameReasons,
  txt: txtReasons,
  policy_file: policyFileReasons,
  plan: planReasons,
  effect: effectReasons,
  report_problem: reportProblems,
  report_warning: reportWarnings,
  report_intake: intakeReasons,
  policy_blocker: policyBlockers,
  mta_sts_blocker: mtaStsBlockers,
  failure_cause: failureCauses,
} as const satisfies Record<string, Record<string, ReasonEntry>>

/** What a reason is about. The first three are the parts of a verification (`RecordCheck.part` of the client). */
export type ReasonSubject = keyof typeof reasonCatalogue

/** The codes of one subject, or of all. */
export type Reason<Subject extends ReasonSubject = ReasonSubject> = Subject extends ReasonSubject
  ? keyof (typeof reasonCatalogue)[Subject] & string
  : never

export type CnameReason = Reason<'cname'>
export type TxtReason = Reason<'txt'>
export type PolicyFileReason = Reason<'policy_file'>
export type PlanReason = Reason<'plan'>
export type EffectReason = Reason<'effect'>

/** Every subject. */
export const reasonSubjects = Object.keys(reasonCatalogue) as readonly ReasonSubject[]

/** The codes of one subject. */
export function reasonsOf<Subject extends ReasonSubject>(subject: Subject): readonly Reason<Subject>[] {
  return Object.keys(reasonCatalogue[subject]) as unknown as readonly Reason<Subject>[]
}

/**
 * A reason in words. What is known of the place goes into the words; without a context they are general. Undefined for a
 * code this catalogue does not know, as another server may send: codes of the API are an open list.
 *
 * @example
 * reasonText('cname', 'absent', { name: '_dmarc.example.com', target: 'k.dmarc.example.net' }).fix
 * // Create a CNAME at _dmarc.example.com that points to k.dmarc.example.net.
 */
export function reasonText<Subject extends ReasonSubject>(
  subject: Subject,
  reason: Reason<Subject>,
  context?: ReasonContext,
): ReasonText
export function reasonText(subject: ReasonSubject, reason: string, context?: ReasonContext): ReasonText | undefined
export function reasonText(subject: ReasonSubject, reason: unknown, context?: ReasonContext): ReasonText | undefined {
  const entries: Readonly<Record<string, ReasonEntry>> = reasonCatalogue[subject]
  const entry = typeof reason === 'string' && Object.hasOwn(entries, reason) ? entries[reason] : undefined
  return entry && textOf(entry, context)
}
