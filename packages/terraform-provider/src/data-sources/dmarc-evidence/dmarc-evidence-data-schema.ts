import type { EvidenceTarget } from '@dmarc-as-code/client/reports'
import { lengthBetween, oneOf, s } from '@dmarc-as-code/terraform-plugin'

const evidenceTargets = ['quarantine', 'reject', 'mta_sts_enforce'] as const satisfies readonly EvidenceTarget[]

export const dmarcEvidenceDataSchema = {
  domain_id: s.string().required().describe('ID, slug or address of the domain.'),
  account_id: s
    .string()
    .validate(lengthBetween(1, 255))
    .optional()
    .describe('Account of the domain: ID, slug or title. Default: the account of the provider.'),
  target: s
    .string()
    .required()
    .validate(oneOf(...evidenceTargets))
    .describe(
      'Level to tighten the policy to: `quarantine` or `reject` (DMARC), or `mta_sts_enforce` (MTA-STS mode `enforce`).',
    ),
  ready: s.bool().computed().describe('Whether the reports show that the policy can be tightened without losing mail.'),
  blockers: s
    .list(
      s.object({
        code: s.string().computed().describe('Stable code, such as `time-too-short` or `candidates-unanswered`.'),
        found: s.string().computed().describe('What the reports show.'),
        expected: s.string().computed().describe('What they have to show.'),
        fix: s.string().computed().describe('What to do next.'),
        about: s.list(s.string()).computed().describe('Affected sources, subdomains or TLS result types.'),
      }),
    )
    .computed()
    .describe('What is missing. Empty if and only if `ready` is true.'),
  message: s
    .string()
    .computed()
    .describe(
      'The blockers in sentences, or that nothing is missing. Suitable as the `error_message` of a precondition.',
    ),
  next_record: s
    .string()
    .computed()
    .nullable()
    .describe('DMARC record that may be published next. Null while blocked, and for `mta_sts_enforce`.'),
  current_policy: s
    .string()
    .computed()
    .nullable()
    .describe('Policy in force according to the newest trusted report. Null if there is none.'),
  trusted_reports: s.integer().computed().describe('Reports of the last 60 days that count as evidence.'),
  untrusted_reports: s
    .integer()
    .computed()
    .describe('Reports of the last 60 days that do not, because their sender is not authenticated.'),
  dmarc: s
    .object({
      window_days: s.integer().computed().describe('Number of days evaluated: 30, or 60 if there is little mail.'),
      days_covered: s.integer().computed().describe('Days of the last 30 that trusted reports cover.'),
      reporters: s.integer().computed().describe('Number of reporters.'),
      newest_days: s.number().computed().nullable().describe('Age of the newest report in days. Null without one.'),
      days_at_none: s
        .integer()
        .computed()
        .describe('Number of days for which reports have shown a policy of at least `none`.'),
      days_at_quarantine: s
        .integer()
        .computed()
        .describe('Number of days for which reports have shown a policy of at least `quarantine`.'),
      messages: s.integer().computed().describe('Messages of your own sources.'),
      passed: s.integer().computed().describe('Of these, messages that pass.'),
      pass_rate: s.number().computed().nullable().describe('Percentage that passes. Null without messages.'),
      dkim_share: s
        .number()
        .computed()
        .nullable()
        .describe('Percentage of the passing messages that pass by aligned DKIM. Null without messages.'),
      expected_loss: s
        .number()
        .computed()
        .describe('Messages a month that forwarding breaks once the policy is enforced.'),
      candidates: s
        .list(
          s.object({
            id: s.string().computed().describe('ID of the source.'),
            name: s.string().computed().describe('Domain, AS or network.'),
            messages: s.integer().computed().describe('Messages in the window.'),
          }),
        )
        .computed()
        .describe('Sources that may be your own, at most 20: answer each as yours or not yours.'),
      more_candidates: s.integer().computed().describe('Candidates beyond those without an answer.'),
    })
    .computed()
    .nullable()
    .describe('Numbers behind the rules for `quarantine` and `reject`. Null for `mta_sts_enforce`.'),
  mta_sts: s
    .object({
      days: s.integer().computed().describe('Days of TLS reports.'),
      reporters: s.integer().computed().describe('Number of reporters.'),
      failed_sessions: s
        .integer()
        .computed()
        .describe('Sessions that failed in the last 7 days and would lose mail in mode `enforce`.'),
    })
    .computed()
    .nullable()
    .describe('Numbers behind the rules for `mta_sts_enforce`. Null for the others.'),
}
