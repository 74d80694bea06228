import { type Finding, validateHostedDmarcConfig } from '@dmarc-as-code/records'
import { defaultDmarcRecord } from './default-record.ts'
import type { ProblemDetail } from './problem.ts'
import type { ReportAddresses } from './report-addresses.ts'

/**
 * The longest DMARC text that is hosted, in characters. With both names, the CNAME and the string lengths the answer
 * then still fits 1232 bytes, the size that crosses every network in one UDP packet.
 */
export const maxRecordLength = 900

/** What decides whether a record may be hosted for a domain. */
export interface ConfigContext {
  parked: boolean
  addresses: ReportAddresses
  /** Where the record was given, for the details of a refusal. */
  field: string
}

/** The record in canonical form, or everything that stands against hosting it. */
export type CheckedConfig = { ok: true; record: string } | { ok: false; details: ProblemDetail[] }

/** Checks a whole DMARC record before it is hosted. Compared tag by tag: order, case and spaces are the writer's choice. */
export function checkHostedConfig(text: string, { parked, addresses, field }: ConfigContext): CheckedConfig {
  const checked = validateHostedDmarcConfig(text, defaultDmarcRecord(parked, addresses), { parked })
  if (checked.text === null) {
    return {
      ok: false,
      details: checked.errors.map((error) => ({ field, code: codeOf(error), message: error.message })),
    }
  }
  if (checked.text.length > maxRecordLength) {
    const message = `The record has ${checked.text.length} characters; at most ${maxRecordLength} are hosted, so that its answer fits one UDP packet. Name fewer report addresses.`
    return { ok: false, details: [{ field, code: 'record_invalid', message }] }
  }
  return { ok: true, record: checked.text }
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
