import { DmarcReportClient } from '@dmarc-as-code/client'
import { Reports } from '@dmarc-as-code/client/reports'
import { writeAggregate } from '@dmarc-as-code/reports'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dovecot, dovecotPeer, startDovecot } from './mail/dovecot.ts'
import { peerTitle } from './support/installing.ts'

const peer = await dovecotPeer()
const patience = { timeout: 60_000, interval: 200 }
const daySeconds = 86_400

describe.skipIf(!peer.available)(peerTitle("Debian's Dovecot", peer), () => {
  let dovecot: Dovecot
  let sandbox: Sandbox
  let reports: Reports
  let domainId: number
  let otherId: number
  const log: string[] = []
  beforeAll(async () => {
    if (!peer.available) return
    dovecot = await startDovecot(peer)
    const { port, certificate: ca, user, password } = dovecot
    sandbox = await createSandbox({
      log: (line) => log.push(line),
      mailbox: { host: '127.0.0.1', port, ca, user, password, interval: 1000 },
    })
    const client = new DmarcReportClient({ token: sandbox.token, baseUrl: sandbox.apiUrl, logLevel: 'off' })
    reports = new Reports(client)
    const flags = { rua_report: true, ruf_report: true }
    domainId = (await client.domains.create(sandbox.accountId, { address: 'example.test', ...flags })).id
    const other = new DmarcReportClient({ token: sandbox.otherTenant.token, baseUrl: sandbox.apiUrl, logLevel: 'off' })
    otherId = (await other.domains.create(sandbox.otherTenant.accountId, { address: 'other.test', ...flags })).id
  })
  afterAll(async () => {
    await sandbox?.close()
    await dovecot?.close()
  })

  const begin = Math.floor(Date.now() / 1000 / daySeconds) * daySeconds - daySeconds
  function mail(reportId: string, domain = 'example.test'): string {
    const dateRange = { begin, end: begin + daySeconds - 1 }
    const xml = writeAggregate(
      {
        metadata: { orgName: 'Receiver', email: 'dmarc@receiver.test', reportId, dateRange, errors: [] },
        policyPublished: { domain, p: 'none' },
      },
      [
        {
          sourceIp: '192.0.2.25',
          count: 7,
          policyEvaluated: { disposition: 'none', dkim: 'pass', spf: 'pass', reasons: [] },
          identifiers: { headerFrom: domain },
          authResults: { dkim: [{ domain, selector: 's1', result: 'pass' }], spf: [] },
          extensions: [],
        },
      ],
    )
    return `From: dmarc@receiver.test\nSubject: Report Domain: ${domain}\nMIME-Version: 1.0\nContent-Type: text/xml\n\n${[...xml].join('')}\n`
  }
  async function reportIds() {
    const found = []
    for await (const { report_id } of reports.aggregateReports(sandbox.accountId, domainId)) found.push(report_id)
    return found.sort()
  }
  const looks = () =>
    log.filter((line) => line.includes('mails taken from the mailbox')).map((line) => JSON.parse(line))

  it('gives out reports over TLS after a login, each once, and keeps the mails', async () => {
    await dovecot.deliver(mail('a'))
    await dovecot.deliver(mail('b'))
    await dovecot.deliver('Subject: lunch\n\nAt noon?\n')
    await expect.poll(reportIds, patience).toEqual(['a', 'b'])
    // Those that were taken are not looked at again.
    await dovecot.deliver(mail('c'))
    await expect.poll(reportIds, patience).toEqual(['a', 'b', 'c'])
    expect(looks().reduce((sum, { taken, left }) => sum + taken + left, 0)).toBe(4)
    expect(await dovecot.mails()).toHaveLength(4)
  })

  it('gives no report to the domains of other tenants', async () => {
    await dovecot.deliver(mail('x', 'other.test'))
    await expect.poll(() => looks().reduce((sum, { left }) => sum + left, 0), patience).toBe(2)
    const token = { token: sandbox.otherTenant.token, baseUrl: sandbox.apiUrl, logLevel: 'off' as const }
    const theirs = new DmarcReportClient(token)
    const found = []
    for await (const report of new Reports(theirs).aggregateReports(sandbox.otherTenant.accountId, otherId))
      found.push(report)
    expect(found).toEqual([])
  })

  it('loses no report where connections break', async () => {
    dovecot.breakAfter(1)
    for (const id of ['d', 'e', 'f']) await dovecot.deliver(mail(id))
    await expect.poll(() => log.some((line) => line.includes('background work failed')), patience).toBe(true)
    dovecot.breakAfter(Number.POSITIVE_INFINITY)
    await expect.poll(reportIds, patience).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(log.join('\n')).not.toContain(dovecot.password)
  })
})
