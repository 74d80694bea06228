import { createDnsClient } from '@dmarc-as-code/dns/resolver'
import type { DnsRecordType } from '@dmarc-as-code/dns/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBind } from '../../../test-support/bind.ts'
import type { DnsDaemon } from '../../../test-support/dns-daemon.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { startUnbound } from '../../../test-support/unbound.ts'
import { type Authority, startAuthority, ZoneData } from '../src/authority/index.ts'

/** A customer's zone in BIND, the hosted zone in our responder, and Unbound between them and the mail receiver. */
describe.skipIf(!hasPrograms('named', 'unbound'))('a mail receiver behind Unbound, with the customer at BIND', () => {
  const policy = `v=DMARC1; p=reject; rua=mailto:${'a'.repeat(60)}@reports.hosted.test`
  const long = `v=DMARC1; p=none; rua=${Array.from({ length: 40 }, (_, index) => `mailto:r${index}@reports.hosted.test`).join(',')}`
  let hosting: Authority
  let hosted: ZoneData
  let customer: DnsDaemon
  let resolver: DnsDaemon

  beforeAll(async () => {
    hosted = new ZoneData({ origin: 'hosted.test', nameServers: ['ns1.hosted.test'] })
    hosted.apply([
      ['ns1.hosted.test', [{ type: 'A', ttl: 60, data: ['127.0.0.1'] }]],
      ['k3y.dmarc.hosted.test', [{ type: 'TXT', ttl: 0, data: [policy] }]],
      ['l0ng.dmarc.hosted.test', [{ type: 'TXT', ttl: 60, data: [long] }]],
      ['k3y.mta-sts.hosted.test', [{ type: 'A', ttl: 60, data: ['127.0.0.1'] }]],
      ['*._report._dmarc.reports.hosted.test', [{ type: 'TXT', ttl: 60, data: ['v=DMARC1'] }]],
    ])
    hosting = await startAuthority({ zones: [hosted] })
    const records = [
      '_dmarc IN CNAME k3y.dmarc.hosted.test.',
      '_dmarc.long IN CNAME l0ng.dmarc.hosted.test.',
      '_dmarc.gone IN CNAME gone.dmarc.hosted.test.',
      'mta-sts IN CNAME k3y.mta-sts.hosted.test.',
    ]
    customer = await startBind({ zones: [{ name: 'example.test', records }] })
    const stub = (zone: string, server: { address: string; port: number }) => ({ zone, servers: [server] })
    resolver = await startUnbound({ stubZones: [stub('example.test', customer), stub('hosted.test', hosting)] })
  })
  afterAll(async () => {
    await Promise.all([resolver?.close(), customer?.close(), hosting?.close()])
  })

  async function see(name: string, type: DnsRecordType): Promise<string[]> {
    const server = { address: resolver.address, port: resolver.port }
    const { rcode, answers } = await createDnsClient().query({ name, type }, server, { recursionDesired: true })
    return [rcode, ...answers.map((record) => (typeof record.data === 'string' ? record.data : record.type))]
  }

  it('resolves the DMARC record through the CNAME', async () => {
    expect(await see('_dmarc.example.test', 'TXT')).toEqual(['NOERROR', 'k3y.dmarc.hosted.test', policy])
  })

  it('reads a record too long for UDP over TCP', async () => {
    expect(long.length).toBeGreaterThan(1232)
    expect(await see('_dmarc.long.example.test', 'TXT')).toEqual(['NOERROR', 'l0ng.dmarc.hosted.test', long])
  })

  it('finds the address of the policy host', async () => {
    expect(await see('mta-sts.example.test', 'A')).toEqual(['NOERROR', 'k3y.mta-sts.hosted.test', '127.0.0.1'])
  })

  it('finds that no CAA record forbids its certificate', async () => {
    expect(await see('mta-sts.example.test', 'CAA')).toEqual(['NOERROR', 'k3y.mta-sts.hosted.test'])
  })

  it('finds the authorisation to send reports for any domain (RFC 9990 section 4)', async () => {
    expect(await see('a.b.example.test._report._dmarc.reports.hosted.test', 'TXT')).toEqual(['NOERROR', 'v=DMARC1'])
  })

  it('finds nothing behind a CNAME after hosting has ended', async () => {
    expect(await see('_dmarc.gone.example.test', 'TXT')).toEqual(['NXDOMAIN', 'gone.dmarc.hosted.test'])
  })
})
