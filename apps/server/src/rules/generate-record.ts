import type { GenerateDmarcRecordBody } from '@dmarc-as-code/client/contract'
import {
  type DmarcTags,
  formatDmarc,
  mailtoUri,
  normaliseFailureOptions,
  parseDmarc,
  RecordError,
  sameReportUri,
} from '@dmarc-as-code/records'
import { ownReports } from './default-record.ts'
import { type ProblemDetail, refused } from './problem.ts'
import type { ReportAddresses, ReportFlags } from './report-addresses.ts'

export interface GeneratedRecord {
  record: string
  warnings: { code: string; message: string }[]
}

/**
 * Builds a DMARC record from the options. Given options are written even when they are defaults; the addresses of
 * this server for the reports that the domain wants come first.
 *
 * @throws {Problem} 422 with a detail for each refused option
 */
export function generateDmarcRecord(
  options: GenerateDmarcRecordBody,
  addresses: ReportAddresses,
  reports: ReportFlags,
): GeneratedRecord {
  const { p, sp, np, pct, adkim, aspf, t, psd } = options
  const details: ProblemDetail[] = []
  const own = ownReports(addresses, reports)
  const rua = withFurther(own.rua, 'additional_rua_emails', options, details)
  const ruf = withFurther(own.ruf, 'additional_ruf_emails', options, details)
  if (details.length > 0) throw refused(details)

  const fo = options.fo === undefined ? undefined : (normaliseFailureOptions(options.fo) ?? options.fo)
  const record = formatted({ p, sp, np, adkim, aspf, fo, rua, ruf, t, psd, pct })
  const warnings = parseDmarc(record).warnings.map(({ code, message }) => ({ code: String(code), message }))
  if (fo !== options.fo) {
    warnings.push({
      code: 'fo-normalised',
      message: `fo=${options.fo} is written as fo=${fo}: RFC 9989 allows either 0 or 1 and each letter once.`,
    })
  }
  return { record, warnings }
}

function withFurther(
  own: readonly string[],
  field: 'additional_rua_emails' | 'additional_ruf_emails',
  options: GenerateDmarcRecordBody,
  details: ProblemDetail[],
): string[] {
  const uris = [...own]
  for (const [index, email] of (options[field] ?? []).entries()) {
    try {
      const uri = mailtoUri(email)
      if (!uris.some((known) => sameReportUri(known, uri))) uris.push(uri)
    } catch (error) {
      details.push(...detailsOf(error, `${field}.${index}`))
    }
  }
  return uris
}

function formatted(tags: DmarcTags): string {
  try {
    return formatDmarc(tags, { defaults: 'keep' })
  } catch (error) {
    throw refused(detailsOf(error, ''))
  }
}

function detailsOf(error: unknown, field: string): ProblemDetail[] {
  if (!(error instanceof RecordError)) throw error
  return error.findings.map(({ message, tag }) => ({ field: field || (tag ?? ''), code: 'invalid_value', message }))
}
