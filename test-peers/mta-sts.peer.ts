import { DmarcReportClient, type MtaStsPolicyInput, waitUntilReady } from '@dmarc-as-code/client'
import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { apply, memoryJournalStore, plan } from '@dmarc-as-code/dns/apply'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DnsDaemon } from '../test-support/dns-daemon.ts'
import { hasPrograms } from '../test-support/programs.ts'
import { startUnbound } from '../test-support/unbound.ts'
import { startConnectProxy } from './mail/connect-proxy.ts'
import { type MtaStsDaemon, startMtaStsDaemon } from './mail/mta-sts-daemon.ts'
import { peerTitle } from './support/installing.ts'
import { pythonPeer } from './support/python.ts'

const READY_WITHIN_MS = 60_000
const peer = hasPrograms('unbound')
  ? await pythonPeer({ 'postfix-mta-sts-resolver': '1.5.1' })
  : { available: false as const, why: 'unbound is not installed' }

describe.skipIf(!peer.available)(peerTitle('postfix-mta-sts-resolver 1.5.1', peer), () => {
  let sandbox: Sandbox
  let resolver: DnsDaemon
  let proxy: Awaited<ReturnType<typeof startConnectProxy>>
  let daemon: MtaStsDaemon
  const connections: string[] = []

  beforeAll(async () => {
    if (!peer.available) return
    sandbox = await createSandbox({ pace: 600 })
    resolver = await startUnbound({
      stubZones: [
        ...sandbox.customerZones.map((zone) => ({ zone, servers: [sandbox.dns] })),
        { zone: sandbox.hostedZone, servers: [sandbox.hostedDns] },
      ],
    })
    // Unbound gives the policy host's address; only its port differs, as tests may not bind 443.
    proxy = await startConnectProxy(async (host) => {
      connections.push(host)
      return sandbox.policyHost
    })
    daemon = await startMtaStsDaemon({
      python: peer.python,
      dnsPort: resolver.port,
      proxyUrl: proxy.url,
      caCertificate: sandbox.caCertificate,
    })
    await host('example.test', { mode: 'enforce', mx: ['mail.example.test', '*.mx.example.test'], mx_age: 7 })
    await host('shop.test', { mode: 'testing', mx: ['mail.shop.test'], mx_age: 7 })
  })
  afterAll(async () => {
    await daemon?.close()
    proxy?.close()
    await resolver?.close()
    await sandbox?.close()
  })

  /** Declares a domain with a hosted policy, writes its CNAMEs into the customer's zone and waits until it is verified. */
  async function host(address: string, policy: MtaStsPolicyInput): Promise<void> {
    const client = new DmarcReportClient({ token: sandbox.token, baseUrl: sandbox.apiUrl, logLevel: 'off' })
    const { accountId } = sandbox
    const created = await client.domains.create(accountId, {
      address,
      rua_report: true,
      ruf_report: false,
      mta_sts_report: true,
      mta_sts_policy: policy,
    })
    const hosted = await client.domains.update(accountId, created.id, { hosted_mta_sts: true })
    const adapter = await createAdapter({
      type: 'rfc2136',
      server: sandbox.dns.address,
      port: sandbox.dns.port,
      key: sandbox.tsig,
    })
    const records = (hosted.cname_records ?? []).map(({ name, value }) => ({ name, type: 'CNAME' as const, value }))
    await apply(await plan(records, adapter, { conflict: 'replace' }), adapter, { journals: memoryJournalStore() })
    await adapter.close?.()
    await waitUntilReady(client, { accountId, domainId: created.id }, { timeout: READY_WITHIN_MS, interval: 200 })
  }

  it('delivers only to the mail servers of an enforced policy', async () => {
    const [, hosts = ''] = /^OK secure match=(\S+) servername=hostname$/.exec(await daemon.lookUp('example.test')) ?? []
    expect(hosts.split(':').sort()).toEqual(['.mx.example.test', 'mail.example.test'])
    expect(connections).toContain('mta-sts.example.test')
  })

  it('finds a policy in testing mode valid, and delivers as without it', async () => {
    expect(await daemon.lookUp('shop.test', 'strict')).toBe('OK secure match=mail.shop.test servername=hostname')
    expect(await daemon.lookUp('shop.test')).toBe('NOTFOUND ')
  })

  it('fetches no policy for a domain without the MTA-STS record', async () => {
    expect(await daemon.lookUp('agency.test')).toBe('NOTFOUND ')
    expect(connections).not.toContain('mta-sts.agency.test')
  })
})
