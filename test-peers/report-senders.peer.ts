import { gzipSync } from 'node:zlib'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { Reports } from '@dmarc-as-code/client/reports'
import { writeAggregate } from '@dmarc-as-code/reports'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Postfix, postfixPeer, startPostfix } from './mail/postfix.ts'
import { startTlsReporter } from './mail/tlsrpt-reporter.ts'
import { peerTitle } from './support/installing.ts'
import { pythonPeer } from './support/python.ts'

const postfix = await postfixPeer()
const reporter = postfix.available
  ? await pythonPeer({ 'tlsrpt-reporter': '0.6.0' })
  : { available: false as const, why: postfix.why }

const daySeconds = 86_400
const patience = { timeout: 60_000, interval: 200 }

describe.skipIf(!postfix.available)(peerTitle("Debian's Postfix", postfix), () => {
  let sandbox: Sandbox
  let mail: Postfix
  let reports: Reports
  let domainId: number
  let address: string
  beforeAll(async () => {
    if (!postfix.available) return
    const spf = { type: 'TXT' as const, ttl: 60, data: ['v=spf1 ip4:127.0.0.1 -all'] }
    sandbox = await createSandbox({
      customerZones: [
        { name: 'example.test', records: {} },
        { name: 'receiver.test', records: { '@': [spf] } },
      ],
    })
    const client = new DmarcReportClient({ token: sandbox.token, baseUrl: sandbox.apiUrl, logLevel: 'off' })
    reports = new Reports(client)
    const flags = { rua_report: true, ruf_report: true, mta_sts_report: true }
    domainId = (await client.domains.create(sandbox.accountId, { address: 'example.test', ...flags })).id
    const hosted = await client.domains.update(sandbox.accountId, domainId, { hosted_dmarc: true })
    address = /mailto:([^,;]+)/.exec(hosted.current_dmarc_config ?? '')?.[1] ?? ''
    mail = await startPostfix({ package: postfix.package, port: sandbox.reports.smtp.port, name: 'mx.receiver.test' })
  })
  afterAll(async () => {
    await mail?.close()
    await sandbox?.close()
  })

  const from = 'dmarc@receiver.test'
  const begin = Math.floor(Date.now() / 1000 / daySeconds) * daySeconds - daySeconds

  /** The mail of RFC 9990 section 3.5.2 with a report about mail that passed, gzipped. */
  function reportMail(): string {
    const xml = writeAggregate(
      {
        metadata: {
          orgName: 'Receiver',
          email: from,
          reportId: 'by-postfix',
          dateRange: { begin, end: begin + daySeconds - 1 },
          errors: [],
        },
        policyPublished: { domain: 'example.test', p: 'none' },
      },
      [
        {
          sourceIp: '192.0.2.25',
          count: 7,
          policyEvaluated: { disposition: 'none', dkim: 'pass', spf: 'pass', reasons: [] },
          identifiers: { headerFrom: 'example.test', envelopeFrom: 'example.test' },
          authResults: {
            dkim: [{ domain: 'example.test', selector: 's1', result: 'pass' }],
            spf: [{ domain: 'example.test', scope: 'mfrom', result: 'pass' }],
          },
          extensions: [],
        },
      ],
    )
    const name = `receiver.test!example.test!${begin}!${begin + daySeconds - 1}.xml.gz`
    return [
      `From: ${from}`,
      `To: ${address}`,
      'Subject: Report Domain: example.test Submitter: receiver.test Report-ID: by-postfix',
      'MIME-Version: 1.0',
      `Content-Type: application/gzip; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      gzipSync([...xml].join(''))
        .toString('base64')
        .replace(/.{76}/g, '$&\n'),
      '',
    ].join('\n')
  }

  async function problems() {
    const found = []
    for await (const problem of reports.problems(sandbox.accountId, domainId)) found.push(problem)
    return found
  }
  async function aggregates() {
    const found = []
    for await (const report of reports.aggregateReports(sandbox.accountId, domainId)) found.push(report)
    return found
  }

  it('delivers a report over STARTTLS, which counts once its reporter is accepted', async () => {
    await mail.send(reportMail(), { from, to: address })
    await expect.poll(mail.log, patience).toMatch(/to=<[^>]+\.a@reports\.[^>]+>.*status=sent \(250/)
    expect(await mail.log()).toMatch(/TLS connection established to 127\.0\.0\.1.*TLSv1\.3/)
    await expect.poll(problems, patience).toMatchObject([{ code: 'unknown-reporter', acceptable: true }])
    const [problem] = await problems()
    await reports.acceptProblem(sandbox.accountId, domainId, problem?.id ?? 0)
    const { days } = await reports.totals(sandbox.accountId, domainId)
    expect(days.at(-2)).toMatchObject({ messages: 7, reporters: 1 })
  })

  it('delivers the same report again without its being counted twice', async () => {
    await mail.send(reportMail(), { from, to: address })
    await expect.poll(async () => (await mail.log()).match(/status=sent \(250/g), patience).toHaveLength(2)
    await expect.poll(aggregates, patience).toHaveLength(1)
    const { days } = await reports.totals(sandbox.accountId, domainId)
    expect(days.at(-2)).toMatchObject({ messages: 7 })
  })

  it('learns at once that an address does not exist, and that a mail is too large', async () => {
    await mail.send(reportMail(), { from, to: `unknown.a@${address.split('@')[1]}` })
    await mail.send(`Subject: large\n\n${`${'x'.repeat(900)}\n`.repeat(31_000)}`, { from, to: address })
    await expect.poll(mail.log, patience).toMatch(/to=<unknown\.a@.*dsn=5\.1\.1, status=bounced/)
    await expect.poll(mail.log, patience).toMatch(/status=bounced \(message size \d+ exceeds size limit 26214400/)
  })

  describe.skipIf(!reporter.available)(peerTitle('with tlsrpt-reporter 0.6.0', reporter), () => {
    it('delivers the TLS report that it made of sessions, with failures', async () => {
      if (!reporter.available) return
      const policy = {
        'policy-type': 2,
        'policy-string': ['version: STSv1', 'mode: testing', 'mx: mail.example.test', 'max_age: 86400'],
        'policy-domain': 'example.test',
        'mx-host': ['mail.example.test'],
      }
      const failure = { c: 204, s: '192.0.2.1', n: 'mail.example.test', r: '192.0.2.25' }
      const tls = address.replace('.a@', '.t@')
      const sessions = [false, false, true].map((failed) => ({
        domain: 'example.test',
        record: `v=TLSRPTv1; rua=mailto:${tls}`,
        policies: [{ ...policy, f: failed, t: failed ? 1 : 0, 'failure-details': failed ? [failure] : [] }],
      }))
      const { python, bin } = reporter
      const sender = await startTlsReporter({ python, bin, sessions, sendmail: mail.sendmail, from })
      try {
        const rows = async () => {
          const found = []
          for await (const row of reports.tlsReports(sandbox.accountId, domainId)) found.push(row)
          return found
        }
        await expect
          .poll(rows, patience)
          .toMatchObject([{ organization_name: 'Receiver', policy_domain: 'example.test' }])
        const { days } = await reports.totals(sandbox.accountId, domainId)
        expect(days.at(-2)?.tls).toMatchObject({ reports: 1, successful_sessions: 2, failed_sessions: 1 })
      } finally {
        await sender.close()
      }
    })
  })
})
