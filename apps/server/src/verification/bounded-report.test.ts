import { expect, it } from 'vitest'
import { boundedReport } from './bounded-report.ts'
import type { VerificationReport } from './verification-report.ts'

it('cuts what the DNS of a customer decides, and nothing that the next verification compares', () => {
  const long = 'x'.repeat(60_000)
  const at = '2026-01-01T00:00:00.000Z'
  const report: VerificationReport = {
    overall: 'action_required',
    cnames: {
      dmarc: {
        kind: 'dmarc',
        name: '_dmarc.example.com',
        status: 'misconfigured',
        reason: 'conflict',
        message: long,
        expected: { type: 'CNAME', name: '_dmarc.example.com', target: 'k.dmarc.hosting.test' },
        found: Array.from({ length: 400 }, () => ({ name: '_dmarc.example.com', type: 'TXT', value: long })),
        fix: long,
        asked: [],
        vantage: 'authoritative',
        at,
        detail: long,
      },
    },
    txts: {
      dmarc: {
        kind: 'dmarc',
        name: 'k.dmarc.hosting.test',
        status: 'queued',
        reason: 'stale',
        message: long,
        expected: `v=DMARC1; p=none; rua=${'y'.repeat(850)}`,
        found: Array.from({ length: 400 }, () => long),
        asked: [],
        at,
      },
    },
    policyFile: { url: 'https://mta-sts.example.com', status: 'unreachable', message: long, fix: long, at },
    at: 1,
  }
  const bounded = boundedReport(report)
  expect(JSON.stringify(bounded).length).toBeLessThan(40_000)
  expect(bounded).toMatchObject({
    overall: 'action_required',
    cnames: { dmarc: { status: 'misconfigured', reason: 'conflict', expected: report.cnames.dmarc?.expected } },
    txts: { dmarc: { status: 'queued', reason: 'stale', expected: report.txts.dmarc?.expected } },
  })
  expect(bounded.cnames.dmarc?.found[0]?.value).toHaveLength(500)
  expect(boundedReport(bounded)).toEqual(bounded)
  expect(boundedReport({ ...report }, (text) => text.slice(0, 3)).cnames.dmarc).toMatchObject({
    message: 'xxx',
    detail: 'xxx',
  })
})
