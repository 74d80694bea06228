import type { FailureReport } from './types.ts'

export interface FailureMail {
  readonly from: string
  readonly to: string
  readonly subject: string
  /** RFC 5322 date. */
  readonly date: string
  readonly messageId: string
  /** A MIME boundary that does not occur in the parts. */
  readonly boundary: string
}

/** A failure report as a whole mail: `multipart/report; report-type=feedback-report` (RFC 5965 section 2, RFC 9991). */
export function writeFailureMail(report: Omit<FailureReport, 'kind'>, mail: FailureMail): string {
  const feedback = [
    ['Feedback-Type', 'auth-failure'],
    ['User-Agent', report.userAgent ?? 'dmarc-as-code/1'],
    ['Version', '1'],
    ['Auth-Failure', report.authFailure],
    ['Authentication-Results', report.authenticationResults],
    ['Identity-Alignment', report.identityAlignment],
    ...report.reportedDomains.map((domain) => ['Reported-Domain', domain] as const),
    ['Source-IP', report.sourceIp],
    ['Original-Mail-From', report.originalMailFrom],
    ...report.originalRcptTo.map((address) => ['Original-Rcpt-To', address] as const),
    ['Arrival-Date', report.arrivalDate === undefined ? undefined : new Date(report.arrivalDate).toUTCString()],
    ['Incidents', report.incidents === 1 ? undefined : String(report.incidents)],
    ['Delivery-Result', report.deliveryResult],
    ['Reporting-MTA', report.reportingMta],
    ['DKIM-Domain', report.dkimDomain],
    ['DKIM-Selector', report.dkimSelector],
    ...report.spfDns.map((record) => ['SPF-DNS', record] as const),
  ] as const
  return [
    ...fields([
      ['From', mail.from],
      ['To', mail.to],
      ['Subject', mail.subject],
      ['Date', mail.date],
      ['Message-ID', mail.messageId],
      ['MIME-Version', '1.0'],
      ['Content-Type', `multipart/report; report-type=feedback-report; boundary="${mail.boundary}"`],
    ]),
    '',
    `--${mail.boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is an authentication failure report for a message received from the address below.',
    `--${mail.boundary}`,
    'Content-Type: message/feedback-report',
    '',
    ...fields(feedback),
    '',
    `--${mail.boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    ...fields(report.headers.map(({ name, value }) => [name, value])),
    '',
    `--${mail.boundary}--`,
    '',
  ].join('\r\n')
}

/** Fields that have a value, as lines. A line break in a value would begin a field of its own, so it becomes a space. */
function fields(entries: readonly (readonly [string, string | undefined])[]): string[] {
  return entries.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value.replace(/[\r\n]+/g, ' ')}`]))
}
