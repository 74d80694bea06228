import { type AggregateRecord, type AggregateReportInput, writeAggregate } from '@dmarc-as-code/reports'

/** 2026-03-02, 00:00:00 UTC. */
export const begin = 1_772_409_600
/** The day after, an hour past midnight, in milliseconds. */
export const reportTime = (begin + 86_400 + 3600) * 1000

export interface ReportParts {
  domain?: string
  reporter?: string
  reportId?: string
  begin?: number
  end?: number
  p?: 'none' | 'quarantine' | 'reject'
  records?: readonly AggregateRecord[]
}

/** The XML of an aggregate report about one day. */
export function reportXml(parts: ReportParts = {}): string {
  const from = parts.begin ?? begin
  const reporter = parts.reporter ?? 'receiver.example'
  const report: AggregateReportInput = {
    metadata: {
      orgName: reporter,
      email: `dmarc@${reporter}`,
      reportId: parts.reportId ?? '1',
      dateRange: { begin: from, end: parts.end ?? from + 86_399 },
      errors: [],
    },
    policyPublished: { domain: parts.domain ?? 'example.test', p: parts.p ?? 'none' },
  }
  return [...writeAggregate(report, parts.records ?? [ownRecord()])].join('')
}

/** Mail of the owner's own server: passes both ways. */
export function ownRecord(count = 12, sourceIp = '192.0.2.10', domain = 'example.test'): AggregateRecord {
  return {
    sourceIp,
    count,
    policyEvaluated: { disposition: 'none', dkim: 'pass', spf: 'pass', reasons: [] },
    identifiers: { headerFrom: domain, envelopeFrom: domain },
    authResults: {
      dkim: [{ domain, selector: 's1', result: 'pass' }],
      spf: [{ domain, scope: 'mfrom', result: 'pass' }],
    },
    extensions: [],
  }
}

/** Mail that fails and authenticates as nobody. */
export function spoofedRecord(count = 5, sourceIp = '203.0.113.9', domain = 'example.test'): AggregateRecord {
  return {
    sourceIp,
    count,
    policyEvaluated: { disposition: 'none', dkim: 'fail', spf: 'fail', reasons: [] },
    identifiers: { headerFrom: domain },
    authResults: { dkim: [], spf: [{ domain: 'nowhere.example', result: 'fail' }] },
    extensions: [],
  }
}

/** A mail with the report in it, as text. */
export function reportMail(xml: string, from = 'dmarc@receiver.example'): string {
  const body = Buffer.from(xml)
    .toString('base64')
    .replace(/.{1,76}/g, '$&\r\n')
  return [
    `From: Reports <${from}>`,
    'To: rua@reports.hosting.test',
    'Subject: Report Domain: example.test Submitter: receiver.example Report-ID: 1',
    `Message-ID: <1@${from.split('@')[1]}>`,
    'Date: Tue, 03 Mar 2026 01:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: application/xml; name="report.xml"',
    'Content-Transfer-Encoding: base64',
    '',
    body,
  ].join('\r\n')
}
