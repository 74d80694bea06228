import { escapeXml } from '../text/xml-characters.ts'
import type {
  AggregateRecord,
  AggregateReport,
  ExtensionElement,
  LocalisedText,
  PolicyPublished,
  ReportMetadata,
} from './types.ts'

/** What an aggregate report is written from; the totals of a report that was read are not needed. */
export type AggregateReportInput = Pick<AggregateReport, 'metadata' | 'policyPublished'> &
  Partial<Pick<AggregateReport, 'extensions'>>

/**
 * The XML of an aggregate report in the form of RFC 9990 appendix A, piece by piece, so that many records stream. Reading
 * it again returns the same report and records.
 */
export function* writeAggregate(
  report: AggregateReportInput,
  records: Iterable<AggregateRecord>,
): Generator<string, void, undefined> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">\n<version>1.0</version>\n'
  yield metadata(report.metadata)
  yield published(report.policyPublished)
  // RFC 9990 section 3.1.1.6: file-level extensions come after the policy.
  for (const element of report.extensions ?? []) yield `${extension(element)}\n`
  for (const record of records) yield row(record)
  yield '</feedback>\n'
}

function metadata(from: ReportMetadata): string {
  return block('report_metadata', [
    leaf('org_name', from.orgName),
    leaf('email', from.email),
    text('extra_contact_info', from.extraContactInfo),
    leaf('report_id', from.reportId),
    block('date_range', [leaf('begin', String(from.dateRange.begin)), leaf('end', String(from.dateRange.end))]),
    ...from.errors.map((error) => text('error', error)),
    leaf('generator', from.generator),
  ])
}

function published(from: PolicyPublished): string {
  return block('policy_published', [
    leaf('domain', from.domain),
    leaf('discovery_method', from.discoveryMethod),
    leaf('p', from.p),
    leaf('sp', from.sp),
    leaf('np', from.np),
    leaf('adkim', from.adkim),
    leaf('aspf', from.aspf),
    leaf('fo', from.fo),
    leaf('testing', from.testing === undefined ? undefined : from.testing ? 'y' : 'n'),
    leaf('pct', from.pct === undefined ? undefined : String(from.pct)),
  ])
}

function row(record: AggregateRecord): string {
  const { policyEvaluated, identifiers, authResults } = record
  return block('record', [
    block('row', [
      leaf('source_ip', record.sourceIp),
      leaf('count', String(record.count)),
      block('policy_evaluated', [
        leaf('disposition', policyEvaluated.disposition),
        leaf('dkim', policyEvaluated.dkim),
        leaf('spf', policyEvaluated.spf),
        ...policyEvaluated.reasons.map((reason) =>
          block('reason', [leaf('type', reason.type), text('comment', reason.comment)]),
        ),
      ]),
    ]),
    block('identifiers', [
      leaf('header_from', identifiers.headerFrom),
      leaf('envelope_from', identifiers.envelopeFrom),
      leaf('envelope_to', identifiers.envelopeTo),
    ]),
    block('auth_results', [
      ...authResults.dkim.map((dkim) =>
        block('dkim', [
          leaf('domain', dkim.domain),
          leaf('selector', dkim.selector),
          leaf('result', dkim.result),
          text('human_result', dkim.humanResult),
        ]),
      ),
      ...authResults.spf.map((spf) =>
        block('spf', [
          leaf('domain', spf.domain),
          leaf('scope', spf.scope),
          leaf('result', spf.result),
          text('human_result', spf.humanResult),
        ]),
      ),
    ]),
    ...record.extensions.map(extension),
  ])
}

function block(name: string, children: readonly string[]): string {
  return `<${name}>\n${children.join('')}</${name}>\n`
}

function leaf(name: string, value: string | undefined): string {
  return value === undefined ? '' : `<${name}>${escapeXml(value)}</${name}>\n`
}

function text(name: string, value: LocalisedText | undefined): string {
  if (value === undefined) return ''
  const lang = value.lang === undefined ? '' : ` lang="${escapeXml(value.lang)}"`
  return `<${name}${lang}>${escapeXml(value.text)}</${name}>\n`
}

function extension(element: ExtensionElement): string {
  const attributes = Object.entries(element.attributes).map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
  const children = element.children.map((child) => (typeof child === 'string' ? escapeXml(child) : extension(child)))
  return `<${element.name}${attributes.join('')}>${children.join('')}</${element.name}>`
}
