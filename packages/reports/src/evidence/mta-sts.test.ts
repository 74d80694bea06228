import { describe, expect, it } from 'vitest'
import { today } from '../../test/month.ts'
import type { TlsFailure, TlsReport } from '../tls/types.ts'
import { judgeMtaSts } from './mta-sts.ts'

const daySeconds = 86_400

function report(
  daysAgo: number,
  reporter = 'one.example',
  failures: TlsFailure[] = [],
  domain = 'example.com',
): TlsReport {
  const begin = Math.floor(today / 1000 / daySeconds) * daySeconds - daysAgo * daySeconds
  return {
    kind: 'tls',
    organizationName: reporter,
    dateRange: { begin, end: begin + daySeconds - 1 },
    contactInfo: `tls@${reporter}`,
    reportId: `${reporter}-${daysAgo}`,
    policies: [
      { type: 'sts', policyString: [], domain, mxHosts: [], successfulSessions: 10, failedSessions: 0, failures },
    ],
  }
}

const twoWeeks = Array.from({ length: 14 }, (_, index) => [report(index + 1), report(index + 1, 'two.example')]).flat()
const codes = (reports: readonly TlsReport[]): string[] =>
  judgeMtaSts('example.com', reports, today).blockers.map(({ code }) => code)
const failure = (resultType: string): TlsFailure[] => [{ resultType, failedSessions: 2 }]

describe('MTA-STS may be enforced', () => {
  it('after two weeks of reports by two senders without failures', () => {
    expect(judgeMtaSts('example.com', twoWeeks, today)).toEqual({
      ready: true,
      blockers: [],
      numbers: { days: 14, reporters: 2, failedSessions: 0 },
    })
  })

  it('when failures are a week old or are about DANE', () => {
    expect(codes([...twoWeeks, report(9, 'one.example', failure('certificate-expired'))])).toEqual([])
    expect(codes([...twoWeeks, report(2, 'one.example', failure('tlsa-invalid'))])).toEqual([])
  })
})

describe('MTA-STS may not be enforced', () => {
  it('without reports, or with reports about other domains only', () => {
    expect(codes([])).toEqual(['tls-no-data'])
    expect(codes(twoWeeks.map((one) => ({ ...one, policies: [] })))).toEqual(['tls-no-data'])
    expect(codes([report(1, 'one.example', [], 'other.example')])).toEqual(['tls-no-data'])
  })

  it('too early, with reports overdue, or with one reporter alone', () => {
    expect(codes(twoWeeks.slice(0, 20))).toEqual(['tls-time-too-short'])
    expect(codes([...twoWeeks.slice(8), report(30)])).toEqual(['tls-reports-overdue'])
    expect(codes(twoWeeks.filter(({ contactInfo }) => contactInfo === 'tls@one.example'))).toEqual([
      'tls-reporters-few',
    ])
  })

  it.each(['certificate-expired', 'sts-policy-fetch-error', 'starttls-not-supported'])(
    'after %s in the last week',
    (type) => {
      const [blocker] = judgeMtaSts(
        'example.com',
        [...twoWeeks, report(2, 'two.example', failure(type))],
        today,
      ).blockers
      expect(blocker).toMatchObject({ code: 'tls-failures', found: `2 sessions with ${type}`, about: [type] })
    },
  )
})
