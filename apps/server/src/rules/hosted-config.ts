import { type Finding, formatDmarc, parseDmarc, sameReportUri, validateHostedDmarcConfig } from '@dmarc-as-code/records'
import { defaultDmarcRecord, ownReports } from './default-record.ts'
import type { ProblemDetail } from './problem.ts'
import type { ReportAddresses, ReportFlags } from './report-addresses.ts'

/**
 * The longest DMARC text that is hosted, in characters. With both names, the CNAME and the string lengths, the answer
 * still fits in 1232 bytes, which every network carries in one UDP packet.
 */
export const maxRecordLength = 900

/** What decides whether a record may be hosted for a domain. */
export interface ConfigContext {
  parked: boolean
  addresses: ReportAddresses
  /** A record must contain the addresses of these reports. */
  reports: ReportFlags
  /** The field that contains the record, for the details of a refusal. */
  field: string
}

/** The record in canonical form, or all reasons why it cannot be hosted. */
export type CheckedConfig = { ok: true; record: string } | { ok: false; details: ProblemDetail[] }

/** Validates a complete DMARC record before it is hosted. Compares tag by tag: order, case and spaces do not matter. */
export function checkHostedConfig(text: string, { parked, addresses, reports, field }: ConfigContext): CheckedConfig {
  const checked = validateHostedDmarcConfig(text, defaultDmarcRecord(parked, addresses, reports), { parked })
  if (checked.text === null) {
    return {
      ok: false,
      details: checked.errors.map((error) => ({ field, code: codeOf(error), message: error.message })),
    }
  }
  if (checked.text.length > maxRecordLength) {
    const message = `The record has ${checked.text.length} characters; at most ${maxRecordLength} are hosted, so that the answer fits in one UDP packet. Use fewer report addresses.`
    return { ok: false, details: [{ field, code: 'record_invalid', message }] }
  }
  return { ok: true, record: checked.text }
}

/**
 * A hosted record with those addresses of ours that it lacks. Whoever asks for a kind of reports cannot know our address for
 * them beforehand, so a record that is hosted already gets it.
 */
export function withOwnReports(text: string, addresses: ReportAddresses, reports: ReportFlags): string {
  const { tags } = parseDmarc(text)
  const own = ownReports(addresses, reports)
  const withOwn = (tag: 'rua' | 'ruf') => {
    const present = tags[tag] ?? []
    return [...present, ...own[tag].filter((uri) => !present.some((one) => sameReportUri(one, uri)))]
  }
  return formatDmarc({ ...tags, rua: withOwn('rua'), ruf: withOwn('ruf') }, { defaults: 'keep' })
}

function codeOf({ code }: Finding): ProblemDetail['code'] {
  switch (code) {
    case 'hosted-rua-missing':
    case 'hosted-ruf-missing':
      return 'report_address_missing'
    case 'parked-policy':
    case 'parked-subdomain-policy':
      return 'parked_policy_not_reject'
    default:
      return 'record_invalid'
  }
}
