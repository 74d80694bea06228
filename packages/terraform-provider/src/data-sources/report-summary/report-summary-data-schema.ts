import { lengthBetween, s } from '@dmarc-as-code/terraform-plugin'
import { isUtcDay } from '../../hosting/validators.ts'

const passed = (what: string) =>
  s
    .object({
      messages: s.integer().computed().describe('Messages.'),
      passed: s.integer().computed().describe('Messages that pass by aligned DKIM or SPF.'),
    })
    .computed()
    .describe(what)

export const reportSummaryDataSchema = {
  domain_id: s.string().required().describe('ID, slug or address of the domain.'),
  account_id: s
    .string()
    .validate(lengthBetween(1, 255))
    .optional()
    .describe('Account of the domain: ID, slug or title. Default: the account of the provider.'),
  from: s
    .string()
    .optional()
    .computed()
    .validate(isUtcDay)
    .describe('First day, UTC, such as `2026-03-01`. Default: 30 days ago. A period has at most 400 days.'),
  to: s.string().optional().computed().validate(isUtcDay).describe('Last day, UTC. Default: today.'),
  messages: s.integer().computed().describe('Messages in the aggregate reports.'),
  passed: s.integer().computed().describe('Messages that pass by aligned DKIM or SPF.'),
  failed: s.integer().computed().describe('Messages that fail.'),
  overridden: s.integer().computed().describe('Messages that fail and for which the receiver overrode the policy.'),
  own_pass_rate: s
    .number()
    .computed()
    .nullable()
    .describe('Percentage of messages from your own sources that pass. Null if there are none.'),
  dispositions: s
    .object({
      none: s.integer().computed().describe('Messages that were delivered.'),
      quarantine: s.integer().computed().describe('Messages that were quarantined.'),
      reject: s.integer().computed().describe('Messages that were rejected.'),
    })
    .computed()
    .describe('What receivers did with the messages.'),
  classes: s
    .object({
      own: passed('Sources of your own.'),
      forwarder: passed('Sources that forward your mail.'),
      candidate: passed('Sources that may be your own.'),
      foreign: passed('All other sources.'),
    })
    .computed()
    .describe('Messages by class of source.'),
  tls: s
    .object({
      reports: s.integer().computed().describe('Number of TLS reports.'),
      successful_sessions: s.integer().computed().describe('Sessions that succeeded.'),
      failed_sessions: s.integer().computed().describe('Sessions that failed.'),
    })
    .computed()
    .describe('Totals of the TLS reports (RFC 8460).'),
  days: s
    .list(
      s.object({
        day: s.string().computed().describe('Day, UTC.'),
        reports: s.integer().computed().describe('Aggregate reports that cover the day.'),
        messages: s.integer().computed().describe('Messages.'),
        passed: s.integer().computed().describe('Messages that pass.'),
        failed: s.integer().computed().describe('Messages that fail.'),
      }),
    )
    .computed()
    .describe('Days with a report, oldest first.'),
}
