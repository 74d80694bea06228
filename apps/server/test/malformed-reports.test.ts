import { gzipSync } from 'node:zlib'
import { writeTlsReport } from '@dmarc-as-code/reports'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { acceptMail } from '../src/reports/accept-mail.ts'
import { processMail } from '../src/reports/process-mail.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { createUser } from '../src/store/users.ts'
import { begin, ownRecord, reportMail, reportTime, reportXml } from './sample-reports.ts'
import { insertTestDomain } from './test-domain.ts'

// Starting the thread that reads takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const xml = reportXml({ records: [ownRecord(12)] })
const replaced = (from: string | RegExp, to: string) => {
  const text = xml.replace(from, to)
  if (text === xml) throw new Error(`the sample has no ${from}`)
  return text
}
const tls = (change: (report: Record<string, unknown>) => void) => {
  const report = JSON.parse(
    writeTlsReport({
      organizationName: 'Sender',
      dateRange: { begin, end: begin + 86_399 },
      contactInfo: 'tls@receiver.example',
      reportId: 'tls',
      policies: [
        {
          type: 'sts',
          policyString: [],
          domain: 'example.test',
          mxHosts: [],
          successfulSessions: 12,
          failedSessions: 0,
          failures: [],
        },
      ],
    }),
  )
  change(report)
  return JSON.stringify(report)
}
const policyOf = (report: Record<string, unknown>) => (report.policies as Record<string, unknown>[])[0] ?? {}
const failureMail = (lineEnd: string) =>
  [
    'From: ruf@receiver.example',
    'Subject: failure',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
    '',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: auth-failure',
    'Version: 1',
    'Auth-Failure: dmarc',
    'Reported-Domain: example.test',
    'Original-Rcpt-To: victim@receiver.example',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    'From: boss@example.test',
    'To: victim@receiver.example',
    '',
    '--b--',
    '',
  ].join(lineEnd)

/** What counts: messages of aggregate reports, or sessions of TLS reports. */
const accepted: [string, string | Buffer, number][] = [
  ['gzip with a line break after it', Buffer.concat([gzipSync(xml), Buffer.from('\r\n')]), 12],
  ['gzip in a mail that calls it a zip', reportMail(xml).replace('report.xml', 'report.zip'), 12],
  ['a mail with an encoded subject', reportMail(xml).replace(/Subject: .*/, 'Subject: =?utf-8?Q?Report=3A?='), 12],
  [
    'a report inside a forwarded mail',
    `Content-Type: message/rfc822\r\nFrom: a@b.example\r\n\r\n${reportMail(xml)}`,
    12,
  ],
  ['a byte-order mark', `\ufeff${xml}`, 12],
  ['invalid UTF-8', Buffer.from(replaced('<org_name>', '<org_name>Fran\xe7ais '), 'latin1'), 12],
  ['a bare ampersand', replaced('<org_name>', '<org_name>A & B '), 12],
  ['a bare less-than sign', replaced('<org_name>', '<org_name>A < B '), 12],
  ['no namespace', replaced(/ xmlns="[^"]*"/, ''), 12],
  ['no contact address', replaced(/<email>.*<\/email>/, ''), 12],
  ['words in capitals', replaced(/<dkim>pass<\/dkim>/, '<dkim>PASS</dkim>'), 12],
  ['no authentication results', replaced(/<auth_results>[\s\S]*?<\/auth_results>/, ''), 12],
  ['an identifier in angle brackets', replaced(/<report_id>1</, '<report_id>&lt;1&gt;<'), 12],
  [
    'a period in milliseconds',
    replaced(new RegExp(`${begin}`), `${begin}000`).replace(`${begin + 86_399}`, `${begin + 86_399}000`),
    12,
  ],
  ['a period of two days', reportXml({ end: begin + 2 * 86_400 - 1, records: [ownRecord(12)] }), 12],
  ['an address of IPv4 in IPv6', replaced('192.0.2.10', '::ffff:192.0.2.10'), 12],
  ['a policy domain in capitals', replaced('<domain>example.test</domain>', '<domain>Example.TEST</domain>'), 12],
  ['a record without an address', replaced(/<source_ip>.*<\/source_ip>/, ''), 0],
  ['no records', reportXml({ records: [] }), 0],
  ['TLS without a contact', tls((report) => Object.assign(report, { 'contact-info': null })), 12],
  [
    'TLS with numbers as text',
    tls((report) => Object.assign(policyOf(report).summary as object, { 'total-successful-session-count': '12' })),
    12,
  ],
  [
    'TLS with one MX host as text',
    tls((report) => Object.assign(policyOf(report).policy as object, { 'mx-host': 'mail.example.test' })),
    12,
  ],
  ['TLS without policies', tls((report) => Object.assign(report, { policies: [] })), 0],
  ['TLS packed', gzipSync(tls(() => {})), 12],
]

const setAside: [string, string | Buffer, string][] = [
  ['nothing', '', 'empty'],
  ['a placeholder word', 'null', 'not-a-report'],
  ['a mail without a report', 'From: a@receiver.example\r\nSubject: hello\r\n\r\nhello', 'not-a-report'],
  [
    'a mail in S/MIME',
    'From: a@receiver.example\r\nContent-Type: application/pkcs7-mime\r\n\r\nMIIB',
    'mail-encrypted',
  ],
  ['XML that is cut', xml.slice(0, -40), 'xml-truncated'],
  ['a document type', `<!DOCTYPE a [<!ENTITY x "y">]>${xml.replace(/^<\?xml[^>]*\?>/, '')}`, 'xml-doctype'],
  [
    'a gzip bomb',
    gzipSync(Buffer.concat([Buffer.from('<feedback>'), Buffer.alloc(60 * 1024 * 1024, 32)])),
    'text-too-long',
  ],
  ['a gzip that is cut', gzipSync(xml).subarray(0, 100), 'archive-corrupt'],
  ['no identifier', replaced(/<report_id>1</, '<report_id><'), 'report-id-missing'],
  ['a period that ends before it begins', reportXml({ end: begin - 10 }), 'dates-reversed'],
  ['a period in the future', reportXml({ begin: begin + 40 * 86_400 }), 'dates-future'],
  ['a domain of somebody else', reportXml({ domain: 'other.test' }), 'foreign-domain'],
  ['a domain that only looks like it', reportXml({ domain: 'notexample.test' }), 'foreign-domain'],
  ['JSON that is cut', tls(() => {}).slice(0, -20), 'json-malformed'],
  ['a complaint', failureMail('\r\n').replace('auth-failure', 'abuse'), 'feedback-type-other'],
]

describe('a malformed report', () => {
  let store: Store
  let domainId: number
  beforeAll(async () => {
    store = await openStore(':memory:')
    const { id } = await createUser(store.db, { email: 'owner@example.com', plan: 'standard', now: reportTime })
    domainId = await insertTestDomain(store, id, 'example.test', 'abc')
  })
  afterAll(() => store?.close())
  beforeEach(async () => {
    for (const table of [
      'report_problems',
      'report_rows',
      'reports',
      'day_totals',
      'tls_days',
      'report_failures',
    ] as const) {
      await store.db.deleteFrom(table).execute()
    }
  })

  async function bring(raw: string | Buffer) {
    const mail = { domainId, way: 'smtp' as const, trust: 'mail' as const, raw: Buffer.from(raw as string) }
    const id = await store.transaction((tx) => acceptMail(tx, mail, reportTime))
    const authentication = { from: 'receiver.example', dkim: ['receiver.example'], spf: null, aligned: true }
    return processMail(id, {
      store,
      now: () => reportTime,
      authenticate: async () => authentication,
      counts: () => true,
    })
  }
  async function counted() {
    const totals = await store.db.selectFrom('day_totals').select('count').execute()
    const sessions = await store.db.selectFrom('tls_days').select('successful as count').execute()
    return [...totals, ...sessions].reduce((sum, { count }) => sum + count, 0)
  }

  it.each(accepted)('is accepted, and counted once however often it comes: %s', async (_, raw, messages) => {
    expect(await bring(raw)).toMatchObject({ stored: 1 })
    expect(await counted()).toBe(messages)
    expect(await bring(raw)).toMatchObject({ stored: 0 })
    expect(await counted()).toBe(messages)
  })

  it.each(setAside)('is set aside with its bytes: %s', async (_, raw, code) => {
    expect(await bring(raw)).toMatchObject({ stored: 0, problems: 1 })
    expect(await counted()).toBe(0)
    const [problem] = await store.db
      .selectFrom('report_problems')
      .innerJoin('report_mails', 'report_mails.id', 'report_problems.mail_id')
      .select(['code', 'raw'])
      .execute()
    expect(problem?.code).toBe(code)
    expect(problem?.raw.equals(Buffer.from(raw as string))).toBe(true)
  })

  it.each(['\r\n', '\n'])('about a failure is kept once without personal data, with line ends %j', async (lineEnd) => {
    expect(await bring(failureMail(lineEnd))).toMatchObject({ stored: 1, problems: 0 })
    expect(await bring(failureMail(lineEnd))).toMatchObject({ stored: 0, duplicates: 1 })
    const [failure] = await store.db.selectFrom('report_failures').select('content').execute()
    expect(failure?.content).toContain('@receiver.example')
    expect(failure?.content).not.toMatch(/victim|boss/)
  })
})
