import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import {
  type AggregateRecord,
  type AggregateReportInput,
  readAggregate,
  readTlsReport,
  type TlsReport,
  writeAggregate,
  writeTlsReport,
} from '@dmarc-as-code/reports'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peerTitle } from './support/installing.ts'
import { pythonPeer } from './support/python.ts'

const RELEASE = '11.1.0'
const peer = await pythonPeer({ parsedmarc: RELEASE })

// 2026-03-02, a whole day.
const begin = 1_772_409_600
const end = begin + 86_399
const now = (end + 3600) * 1000

const report: AggregateReportInput = {
  metadata: {
    orgName: 'Receiver & Sons <example>',
    email: 'dmarc@receiver.example',
    extraContactInfo: { text: 'https://receiver.example/?a=1&b=2' },
    reportId: '20260302.1@receiver.example',
    dateRange: { begin, end },
    errors: [{ text: 'no policy for a < b' }],
    generator: 'receiver 1.0',
  },
  policyPublished: {
    domain: 'example.com',
    discoveryMethod: 'treewalk',
    p: 'quarantine',
    sp: 'none',
    np: 'reject',
    adkim: 'r',
    aspf: 's',
    fo: '1',
    testing: true,
  },
}

const records: readonly AggregateRecord[] = [
  {
    sourceIp: '192.0.2.10',
    count: 12,
    policyEvaluated: { disposition: 'none', dkim: 'pass', spf: 'fail', reasons: [] },
    identifiers: { headerFrom: 'example.com', envelopeFrom: 'bounce.example.net' },
    authResults: {
      dkim: [
        { domain: 'example.com', selector: 's1', result: 'pass' },
        { domain: 'service.example', selector: 's2', result: 'pass', humanResult: { text: 'good' } },
      ],
      spf: [{ domain: 'bounce.example.net', scope: 'mfrom', result: 'pass' }],
    },
    extensions: [],
  },
  {
    sourceIp: '2001:db8::5',
    count: 1,
    policyEvaluated: {
      disposition: 'quarantine',
      dkim: 'fail',
      spf: 'fail',
      reasons: [{ type: 'mailing_list', comment: { text: 'list & footer' } }],
    },
    identifiers: { headerFrom: 'news.example.com', envelopeFrom: '' },
    authResults: { dkim: [], spf: [{ domain: 'list.example', scope: 'helo', result: 'softfail' }] },
    extensions: [],
  },
]

const tls: Omit<TlsReport, 'kind'> = {
  organizationName: 'Sender',
  dateRange: { begin, end },
  contactInfo: 'tls@sender.example',
  reportId: 't-1@sender.example',
  policies: [
    {
      type: 'sts',
      policyString: ['version: STSv1', 'mode: enforce', 'mx: mx.example.com', 'max_age: 604800'],
      domain: 'example.com',
      mxHosts: ['mx.example.com'],
      successfulSessions: 100,
      failedSessions: 3,
      failures: [{ resultType: 'certificate-expired', failedSessions: 3, receivingMxHostname: 'mx.example.com' }],
    },
  ],
}

interface Parsed {
  readonly type: string
  // biome-ignore lint/suspicious/noExplicitAny: JSON of another program, compared value by value
  readonly report: any
}

describe.skipIf(!peer.available)(peerTitle(`parsedmarc ${RELEASE}`, peer), () => {
  let folder: string
  const parse = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<Parsed[]> => {
    if (!peer.available) throw new Error(peer.why)
    const paths = await Promise.all(
      Object.entries(files).map(async ([name, content]) => {
        await writeFile(join(folder, name), content)
        return join(folder, name)
      }),
    )
    const script = join(import.meta.dirname, 'reports', 'parse_reports.py')
    const { stdout } = await promisify(execFile)(peer.python, [script, ...paths])
    return JSON.parse(stdout)
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parsedmarc-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('reads an aggregate report that was written, plain and packed, value by value', async () => {
    const xml = [...writeAggregate(report, records)].join('')
    const read = await parse({ 'report.xml': xml, 'report.xml.gz': gzipSync(xml) })
    expect(read).toHaveLength(2)
    for (const { type, report: found } of read) {
      expect(type).toBe('aggregate')
      expect(found.report_metadata).toMatchObject({
        org_name: report.metadata.orgName,
        org_email: report.metadata.email,
        org_extra_contact_info: report.metadata.extraContactInfo?.text,
        report_id: '20260302.1',
        begin_date: '2026-03-02 00:00:00',
        end_date: '2026-03-02 23:59:59',
        errors: ['no policy for a < b'],
        generator: 'receiver 1.0',
      })
      const { discoveryMethod, testing: _, ...policy } = report.policyPublished
      expect(found.policy_published).toMatchObject({ ...policy, discovery_method: discoveryMethod, testing: 'y' })
      expect(found.records).toHaveLength(records.length)
      for (const [index, record] of records.entries()) {
        const { disposition, dkim, spf, reasons } = record.policyEvaluated
        expect(found.records[index]).toMatchObject({
          source: { ip_address: record.sourceIp },
          count: record.count,
          alignment: { dkim: dkim === 'pass', spf: spf === 'pass', dmarc: dkim === 'pass' || spf === 'pass' },
          policy_evaluated: {
            disposition,
            dkim,
            spf,
            policy_override_reasons: reasons.map(({ type: word, comment }) => ({ type: word, comment: comment?.text })),
          },
          identifiers: { header_from: record.identifiers.headerFrom },
          auth_results: {
            dkim: record.authResults.dkim.map(({ domain, selector, result }) => ({ domain, selector, result })),
            spf: record.authResults.spf.map(({ domain, scope, result }) => ({ domain, scope, result })),
          },
        })
      }
    }
    const again: AggregateRecord[] = []
    expect(readAggregate(xml, { now, onRecord: (record) => again.push(record) })).toMatchObject({ ok: true, report })
    expect(again).toEqual(records)
  })

  it('reads a TLS report that was written, value by value', async () => {
    const json = writeTlsReport(tls)
    const [read] = await parse({ 'report.json': json })
    expect(read).toMatchObject({
      type: 'smtp_tls',
      report: {
        organization_name: 'Sender',
        begin_date: '2026-03-02T00:00:00Z',
        end_date: '2026-03-02T23:59:59Z',
        contact_info: 'tls@sender.example',
        report_id: 't-1@sender.example',
        policies: [
          {
            policy_domain: 'example.com',
            policy_type: 'sts',
            policy_strings: tls.policies[0]?.policyString,
            // It looks for mx-host-pattern; RFC 8460 section 4.4 and the senders write mx-host.
            successful_session_count: 100,
            failed_session_count: 3,
            failure_details: [{ result_type: 'certificate-expired', failed_session_count: 3 }],
          },
        ],
      },
    })
    expect(readTlsReport(json, { now })).toMatchObject({ ok: true, report: tls })
  })
})
