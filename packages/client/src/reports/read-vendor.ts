import { asObject, integer, type Json, text } from '../read/json.ts'
import { amount, count, inside, objects, words, wordsOrNull } from './read-values.ts'
import type {
  AggregateRecordEntry,
  AggregateReportEntry,
  FailureReportEntry,
  ReportStatistics,
  TlsFailureEntry,
  TlsReportEntry,
  TopSources,
} from './types.ts'

/** Readers of the vendor's routes. Each answers undefined for what is no such answer. */

export function readAggregateReport(value: unknown): AggregateReportEntry | undefined {
  const raw = inside(value, 'report', (object) => 'id' in object && ('report_id' in object || 'raw_xml' in object))
  const id = integer(raw?.id)
  if (!raw || id === undefined) return undefined
  const records = Array.isArray(raw.records) ? raw.records.map(readAggregateRecord) : undefined
  // Leaving one out would make mail disappear.
  if (records?.includes(undefined)) return undefined
  return {
    ...raw,
    id,
    raw_xml: words(raw.raw_xml),
    org_name: words(raw.org_name),
    email: words(raw.email),
    report_id: words(raw.report_id),
    date_begin: words(raw.date_begin),
    date_end: words(raw.date_end),
    policy_domain: words(raw.policy_domain),
    domain_policy: words(raw.domain_policy),
    ...(records && { records: records as AggregateRecordEntry[] }),
  }
}

export function readAggregateRecord(value: unknown): AggregateRecordEntry | undefined {
  const raw = asObject(value)
  const [id, messages] = [integer(raw?.id), integer(raw?.count)]
  if (!raw || id === undefined || messages === undefined) return undefined
  const address = asObject(raw.ip_address)
  const lower = (field: unknown) => words(field).toLowerCase()
  return {
    ...raw,
    id,
    count: messages,
    disposition: lower(raw.disposition),
    dkim_status: lower(raw.dkim_status),
    spf_status: lower(raw.spf_status),
    reason: words(raw.reason),
    header_from: lower(raw.header_from),
    ...(raw.org_name === undefined ? {} : { org_name: words(raw.org_name) }),
    auth_results: objects(raw.auth_results).flatMap((result) => {
      const type = lower(result.type)
      if (type !== 'dkim' && type !== 'spf') return []
      return [{ type, domain: lower(result.domain), result: lower(result.result), selector: words(result.selector) }]
    }),
    source_ip: text(address?.sane_source_ip) ?? words(address?.source_ip ?? raw.source_ip ?? raw.ip_address),
    ptr: wordsOrNull(address?.ptr),
    country: wordsOrNull(address?.country),
  }
}

export function readStatistics(value: unknown): ReportStatistics | undefined {
  const raw = inside(value, 'stats', (object) => integer(object.total) !== undefined)
  if (!raw) return undefined
  return {
    ...raw,
    compliant: count(raw.compliant),
    non_compliant: count(raw.non_compliant),
    forwarded: count(raw.forwarded),
    total: count(raw.total),
    none: count(raw.none),
    quarantine: count(raw.quarantine),
    reject: count(raw.reject),
  }
}

export function readTopSources(value: unknown): TopSources | undefined {
  const raw = inside(value, 'top_sources', ({ sources }) => Array.isArray(sources))
  if (!raw) return undefined
  const sources = objects(raw.sources).map((source) => ({
    ...source,
    source: words(source.source),
    total: count(source.total),
    compliant: count(source.compliant),
    non_compliant: count(source.non_compliant),
    compliance_rate: amount(source.compliance_rate) ?? 0,
  }))
  return { ...raw, total_sources: integer(raw.total_sources) ?? sources.length, sources }
}

export function readFailureReport(value: unknown): FailureReportEntry | undefined {
  const raw = inside(value, 'report', (object) => 'id' in object)
  const id = integer(raw?.id)
  if (!raw || id === undefined) return undefined
  return { ...raw, id, raw_report: words(raw.raw_report), raw_original_message: words(raw.raw_original_message) }
}

/** In either spelling: `organization_name` in lists, `organization-name` where one is shown. */
export function readTlsReport(value: unknown): TlsReportEntry | undefined {
  const raw = inside(value, 'report', (object) => 'id' in object)
  const id = integer(raw?.id)
  if (!raw || id === undefined) return undefined
  const field = (name: string): unknown => raw[name] ?? raw[name.replaceAll('_', '-')]
  const [begin, end] = [words(field('start_datetime')), words(field('end_datetime'))]
  if (Number.isNaN(Date.parse(begin)) || Number.isNaN(Date.parse(end))) return undefined
  const details = field('failure_details')
  return {
    ...raw,
    id,
    raw_json: rawJson(field('raw_json')),
    organization_name: words(field('organization_name')),
    start_datetime: begin,
    end_datetime: end,
    contact_info: words(field('contact_info')),
    report_id: words(field('report_id')),
    policy_type: words(field('policy_type')),
    policy_string: policyLines(field('policy_string')),
    policy_domain: words(field('policy_domain')).toLowerCase(),
    total_successful_session_count: count(field('total_successful_session_count')),
    total_failure_session_count: count(field('total_failure_session_count')),
    ...(details !== undefined && { failure_details: objects(details).map(readTlsFailure) }),
  }
}

export function readTlsFailure(raw: Json): TlsFailureEntry {
  const field = (name: string): unknown => raw[name] ?? raw[name.replaceAll('_', '-')]
  return {
    ...raw,
    id: count(raw.id),
    result_type: words(field('result_type')),
    sending_mta_ip: address(field('sending_mta_ip')),
    receiving_ip: address(field('receiving_ip')),
    receiving_mx_hostname: wordsOrNull(field('receiving_mx_hostname')),
    failed_session_count: count(field('failed_session_count')),
  }
}

/** A text, or an object with the address in it. */
const address = (value: unknown): string | null => wordsOrNull(asObject(value)?.sane_source_ip ?? value)

const rawJson = (value: unknown): string => (asObject(value) ? JSON.stringify(value) : words(value))

/** A list, or a text that holds one as JSON. */
function policyLines(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((line) => text(line) ?? [])
  const written = words(value).trim()
  if (written === '') return []
  try {
    const parsed: unknown = JSON.parse(written)
    if (Array.isArray(parsed)) return parsed.flatMap((line) => text(line) ?? [])
  } catch {
    // Then it is the one line.
  }
  return [written]
}
