import type { TlsPolicy, TlsReport } from './types.ts'

/** The JSON of a TLS report as defined in RFC 8460 section 4. Reading it again returns the same report. */
export function writeTlsReport(report: Omit<TlsReport, 'kind'>): string {
  return JSON.stringify({
    'organization-name': report.organizationName,
    'date-range': {
      'start-datetime': timestamp(report.dateRange.begin),
      'end-datetime': timestamp(report.dateRange.end),
    },
    'contact-info': report.contactInfo,
    'report-id': report.reportId,
    policies: report.policies.map(policy),
  })
}

function policy(from: TlsPolicy): unknown {
  return {
    policy: {
      'policy-type': from.type,
      ...(from.policyString.length > 0 ? { 'policy-string': from.policyString } : {}),
      'policy-domain': from.domain,
      ...(from.mxHosts.length > 0 ? { 'mx-host': from.mxHosts } : {}),
    },
    summary: {
      'total-successful-session-count': from.successfulSessions,
      'total-failure-session-count': from.failedSessions,
    },
    ...(from.failures.length > 0
      ? {
          'failure-details': from.failures.map((failure) => ({
            'result-type': failure.resultType,
            'sending-mta-ip': failure.sendingMtaIp,
            'receiving-mx-hostname': failure.receivingMxHostname,
            'receiving-mx-helo': failure.receivingMxHelo,
            'receiving-ip': failure.receivingIp,
            'failed-session-count': failure.failedSessions,
            'additional-information': failure.additionalInformation,
            'failure-reason-code': failure.failureReasonCode,
          })),
        }
      : {}),
  }
}

/** RFC 3339 in UTC, whole seconds. */
function timestamp(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}
