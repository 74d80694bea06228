import type { WireMtaStsPolicy } from '@dmarc-as-code/client/contract'
import { formatMtaStsPolicy, hostedMtaStsPolicy, parseMtaStsPolicy, RecordError } from '@dmarc-as-code/records'
import type { ProblemDetail } from './problem.ts'

/** The policy file for a policy of the API. @throws {RecordError} when it cannot be hosted */
export function policyText({ mode, mx, mx_age }: WireMtaStsPolicy): string {
  return formatMtaStsPolicy(hostedMtaStsPolicy({ mode, mx, mxAgeDays: mx_age }))
}

/** The faults of a policy: each mail host must be a name or `*.` followed by a name (RFC 8461 section 3.2). */
export function policyFaults(policy: WireMtaStsPolicy, field: string): ProblemDetail[] {
  try {
    policyText(policy)
    return []
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return error.findings.map(({ message, tag }) => ({
      field: tag === undefined ? field : `${field}.${tag}`,
      code: 'policy_invalid',
      message,
    }))
  }
}

/** Milliseconds for which a sender may cache and apply this policy; 0 in mode none, which demands nothing of a sender. */
export function bindingTime(policy: string): number {
  const { tags } = parseMtaStsPolicy(policy)
  return tags.mode === 'none' ? 0 : (tags.max_age ?? 0) * 1000
}

/** The policy served while a policy is being removed: mode none with a short max_age (RFC 8461 section 8.3). */
export const removalPolicy = (): string => policyText({ mode: 'none', mx: '', mx_age: 1 })
