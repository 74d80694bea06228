import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../src/config/logger.ts'
import { receiveSmtp } from '../src/reports/receive-smtp.ts'
import { type SandboxDns, startSandboxDns } from '../src/sandbox-dns/index.ts'
import { begin, reportMail, reportXml } from './sample-reports.ts'
import { deliver, smtpClient } from './smtp-client.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

describe('mail to the report addresses', () => {
  let server: TestServer
  let dns: SandboxDns
  let port: number
  let address: string
  beforeAll(async () => {
    const records = { '@': [{ type: 'TXT' as const, ttl: 60, data: ['v=spf1 ip4:127.0.0.1 -all'] }] }
    dns = await startSandboxDns({ keys: [], zones: [{ name: 'receiver.test', records }] })
    server = await startTestServer({
      config: {
        reports: { reporters: ['receiver.test'], smtp: { listen: { port: 0 }, addresses: { ipv4: ['127.0.0.1'] } } },
      },
      stubZones: [{ zone: 'receiver.test', servers: [{ address: dns.address, port: dns.port }] }],
    })
    port = server.reports.smtp?.port ?? 0
    const domain = { address: 'example.test', rua_report: true, ruf_report: true }
    await server.call('POST', `/v2/accounts/${server.owner.accountId}/domains.json`, { domain })
    const { report_id } = await server.store.db.selectFrom('domains').select('report_id').executeTakeFirstOrThrow()
    address = `${report_id}.a@reports.hosting.test`
  })
  afterAll(async () => {
    await server?.close()
    await dns?.close()
  })

  const xml = (reportId: string) => reportXml({ reporter: 'receiver.test', reportId, begin: begin - 86_400 })
  const report = (reportId: string) =>
    server.store.db.selectFrom('reports').selectAll().where('report_id', '=', reportId).executeTakeFirst()

  it('is stored and read, and counts where SPF says who sent it', async () => {
    const raw = reportMail(xml('spf'), 'dmarc@receiver.test')
    const reply = await deliver(port, { from: 'dmarc@receiver.test', to: [address], raw })
    expect(reply).toMatch(/^250/)
    await expect.poll(() => report('spf')).toMatchObject({ trusted: 1, reporter: 'receiver.test', messages: 12 })
  })

  it('does not count where nothing says who sent it', async () => {
    const raw = reportMail(xml('forged'), 'dmarc@receiver.test')
    expect(await deliver(port, { from: 'someone@elsewhere.test', to: [address], raw, tls: true })).toMatch(/^250/)
    await expect.poll(() => report('forged')).toMatchObject({ trusted: 0 })
  })

  it('is refused for every other address, and never relayed', async () => {
    for (const to of [
      'abc.a@reports.hosting.test',
      address.replace('.a@', '.x@'),
      'someone@example.com',
      'postmaster',
    ]) {
      const raw = reportMail(xml('none'))
      expect(await deliver(port, { from: 'a@receiver.test', to: [to], raw }), to).toMatch(/^55[0-9] /)
    }
  })

  it('offers STARTTLS and a size of 25 MiB, and refuses a larger mail', async () => {
    const client = await smtpClient(port)
    await client.say()
    expect(await client.say('EHLO mail.receiver.test')).toMatch(
      /STARTTLS[\s\S]*SIZE 26214400|SIZE 26214400[\s\S]*STARTTLS/,
    )
    expect(await client.say('MAIL FROM:<a@receiver.test> SIZE=26214401')).toMatch(/^552/)
    client.end()
  })

  it('is taken after a client that left before it was greeted, as a port scan does', async () => {
    for (let scan = 0; scan < 5; scan++) {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
    const raw = reportMail(xml('after-scan'), 'dmarc@receiver.test')
    expect(await deliver(port, { from: 'dmarc@receiver.test', to: [address], raw })).toMatch(/^250/)
  })

  it('is not taken from a client that guesses addresses: it is cut off', async () => {
    const client = await smtpClient(port)
    await client.say()
    await client.say('EHLO mail.receiver.test')
    await client.say('MAIL FROM:<a@receiver.test>')
    const replies: string[] = []
    for (let guess = 0; guess < 11; guess++) {
      replies.push((await client.say(`RCPT TO:<guess${guess}.a@reports.hosting.test>`)).slice(0, 3))
    }
    expect(replies).toEqual([...Array(10).fill('550'), '421'])
    expect(await client.say('NOOP')).toBe('000 closed')
    client.end()
  })

  it('is not waited for longer than a connection may last, however slowly it is sent', async () => {
    const smtp = await receiveSmtp({
      store: server.store,
      settings: {
        listen: { host: '127.0.0.1', port: 0 },
        addresses: { ipv4: [], ipv6: [] },
        connectionsPerAddress: 1,
        mailsPerMinuteAndAddress: 100,
      },
      reportHost: 'reports.hosting.test',
      now: Date.now,
      log: createLogger('silent'),
      onMail: () => {},
      lifetime: 1000,
    })
    const slow = await smtpClient(smtp.port)
    const replies = [await slow.say()]
    for (const line of [
      'EHLO a.test',
      'MAIL FROM:<a@receiver.test>',
      `RCPT TO:<${address}>`,
      'DATA',
      'Subject: the rest never comes',
    ]) {
      replies.push(await slow.say(line))
    }
    expect(replies.filter((reply) => reply.startsWith('421'))).toHaveLength(1)
    // Its place is free again, without a restart.
    await expect
      .poll(async () => {
        const client = await smtpClient(smtp.port)
        const greeting = await client.say()
        client.end()
        return greeting
      })
      .toMatch(/^220/)
    slow.end()
    await smtp.close()
  })
})
