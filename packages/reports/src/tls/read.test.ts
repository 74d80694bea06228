import { describe, expect, it } from 'vitest'
import { begin, end, now } from '../../test/samples.ts'
import { readTlsReport } from './read.ts'
import type { TlsReport } from './types.ts'
import { writeTlsReport } from './write.ts'

const report: Omit<TlsReport, 'kind'> = {
  organizationName: 'Sender',
  dateRange: { begin, end },
  contactInfo: 'tls@sender.example',
  reportId: 't-1',
  policies: [
    {
      type: 'sts',
      policyString: ['version: STSv1', 'mode: testing', 'mx: mx.example.com', 'max_age: 86400'],
      domain: 'example.com',
      mxHosts: ['mx.example.com'],
      successfulSessions: 100,
      failedSessions: 3,
      failures: [
        {
          resultType: 'certificate-expired',
          failedSessions: 3,
          sendingMtaIp: '192.0.2.1',
          receivingIp: '2001:db8::1',
          receivingMxHostname: 'mx.example.com',
          receivingMxHelo: 'mx',
          additionalInformation: 'https://sender.example/1',
          failureReasonCode: 'X509',
        },
      ],
    },
  ],
}

type Json = Record<string, unknown>
type Changeable = Json & { policies: { policy: Json; summary: Json; 'failure-details'?: Json[] }[]; 'date-range': Json }

/** The report's JSON with a change, read. */
function readWith(change: (json: Changeable) => unknown) {
  const json = JSON.parse(writeTlsReport(report)) as Changeable
  change(json)
  const outcome = readTlsReport(JSON.stringify(json), { now })
  const warnings = outcome.warnings.map(({ code }) => code)
  return outcome.ok ? { report: outcome.report, warnings } : { problem: outcome.problem.code, warnings }
}

describe('a TLS report', () => {
  it('is read as it was written', () => {
    expect(readTlsReport(writeTlsReport(report), { now })).toEqual({
      ok: true,
      report: { kind: 'tls', ...report },
      warnings: [],
    })
  })

  it.each<[string, string, (json: Changeable) => unknown]>([
    ['contact-info is null', 'contact-missing', (json) => Object.assign(json, { 'contact-info': null })],
    ['organization-name is missing', 'org-missing', (json) => delete json['organization-name']],
    [
      'the report id is in angle brackets',
      'report-id-brackets',
      (json) => Object.assign(json, { 'report-id': '<a@b>' }),
    ],
    ['policies is empty', 'policies-empty', (json) => Object.assign(json, { policies: [] })],
    [
      'mx-host is text',
      'list-as-text',
      (json) => Object.assign(json.policies[0]?.policy as Json, { 'mx-host': 'mx: MX.example.com' }),
    ],
    [
      'numbers are text',
      'number-as-text',
      (json) => Object.assign(json.policies[0]?.summary as Json, { 'total-failure-session-count': '3' }),
    ],
    [
      'a policy lacks its domain',
      'policy-set-aside',
      (json) => Object.assign(json.policies[0]?.policy as Json, { 'policy-domain': undefined }),
    ],
    [
      'a policy lacks its counts',
      'policy-set-aside',
      (json) => Object.assign(json.policies[0] as Json, { summary: null }),
    ],
    [
      'a failure lacks its type',
      'failure-set-aside',
      (json) => Object.assign(json.policies[0]?.['failure-details']?.[0] as Json, { 'result-type': undefined }),
    ],
    [
      'a failure has a negative count',
      'failure-set-aside',
      (json) => Object.assign(json.policies[0]?.['failure-details']?.[0] as Json, { 'failed-session-count': -1 }),
    ],
  ])('is read with a warning when %s', (_, code, change) => {
    const { problem, warnings } = readWith(change)
    expect(problem).toBeUndefined()
    expect(warnings).toEqual([code])
  })

  it('is read without policy strings, MX hosts, addresses and failures, which reporters leave out', () => {
    const { report: read, warnings } = readWith((json) => {
      const [policy] = json.policies
      delete policy?.policy['policy-string']
      delete policy?.policy['mx-host']
      delete policy?.['failure-details']
    })
    expect(read?.policies[0]).toMatchObject({ policyString: [], mxHosts: [], failures: [] })
    expect(warnings).toEqual([])
  })

  it.each<[string, string, (json: Changeable) => unknown]>([
    ['policies is no list', 'policies-missing', (json) => Object.assign(json, { policies: {} })],
    ['the report id is missing', 'report-id-missing', (json) => delete json['report-id']],
    ['the dates are missing', 'dates-missing', (json) => delete (json as Json)['date-range']],
    ['a date is no date', 'dates-missing', (json) => Object.assign(json['date-range'], { 'end-datetime': 'tomorrow' })],
    [
      'it ends before it begins',
      'dates-reversed',
      (json) => Object.assign(json['date-range'], { 'end-datetime': '2026-03-01T00:00:00Z' }),
    ],
    [
      'it is about the future',
      'dates-future',
      (json) =>
        Object.assign(json['date-range'], {
          'start-datetime': '2027-03-01T00:00:00Z',
          'end-datetime': '2027-03-02T00:00:00Z',
        }),
    ],
    [
      'it spans more than a month',
      'dates-too-long',
      (json) => Object.assign(json['date-range'], { 'start-datetime': '2026-01-01T00:00:00Z' }),
    ],
  ])('is set aside when %s', (_, code, change) => {
    expect(readWith(change).problem).toBe(code)
  })

  it('is set aside when it is no JSON, another JSON document, nothing, or too large', () => {
    const code = (text: string, records?: number): string | undefined => {
      const outcome = readTlsReport(text, { now, ...(records === undefined ? {} : { limits: { records } }) })
      return outcome.ok ? undefined : outcome.problem.code
    }
    expect(code('{"policies": [')).toBe('json-malformed')
    expect(code('{"hello": 1}')).toBe('not-a-report')
    expect(code('[1]')).toBe('not-a-report')
    expect(code(' ')).toBe('empty')
    expect(code(writeTlsReport(report), 1)).toBe('too-many-records')
  })

  it('has only members of its own: a prototype gives it nothing', () => {
    expect(readWith((json) => Object.assign(json, { 'report-id': '', __proto__: { 'report-id': 'x' } })).problem).toBe(
      'report-id-missing',
    )
  })
})
