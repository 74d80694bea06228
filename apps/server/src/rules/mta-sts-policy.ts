import type { WireMtaStsPolicy } from '@dmarc-as-code/client/contract'
import { formatMtaStsPolicy, hostedMtaStsPolicy, parseMtaStsPolicy, RecordError } from '@dmarc-as-code/records'
import type { ProblemDetail } from './problem.ts'

/** The policy file for a policy as the API writes it. @throws {RecordError} when it cannot be hosted */
export function policyText({ mode, mx, mx_age }: WireMtaStsPolicy): string {
  return formatMtaStsPolicy(hostedMtaStsPolicy({ mode, mx, mxAgeDays: mx_age }))
}

/** What stands against a policy: each mail host must be a name or `*.` and a name (RFC 8461 section 3.2). */
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

/** How long a sender may keep this policy and act by it, in milliseconds. One in mode none asks nothing of a sender. */
export function bindingTime(policy: string): number {
  const { tags } = parseMtaStsPolicy(policy)
  return tags.mode === 'none' ? 0 : (tags.max_age ?? 0) * 1000
}

/** What is served when a policy is taken back: RFC 8461 section 8.3 wants mode none with a short age. */
export const farewellPolicy = (): string => policyText({ mode: 'none', mx: '', mx_age: 1 })
