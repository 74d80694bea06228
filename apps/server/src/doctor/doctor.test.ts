import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CustomerDns, startCustomerDns } from '../../test/customer-dns.ts'
import { parseConfig } from '../config/load-config.ts'
import type { ConfigInput } from '../config/schema.ts'
import { openStore, type Store } from '../store/open-store.ts'
import type { Reach } from './check-hosts.ts'
import { examine } from './doctor.ts'

const now = Date.UTC(2026, 11, 1)

describe('the doctor', () => {
  let store: Store
  let zone: CustomerDns
  beforeEach(async () => {
    store = await openStore(':memory:')
    zone = await startCustomerDns('hosting.test')
  })
  afterEach(async () => {
    await zone.close()
    await store.close()
  })

  const settings = (change: Partial<ConfigInput> = {}) =>
    parseConfig({
      hostedZone: { name: 'hosting.test', nameServers: [{ name: 'ns1.hosting.test', ipv4: ['127.0.0.1'] }] },
      policyHost: { addresses: { ipv4: ['192.0.2.1'] }, certificates: { source: 'front' } },
      reports: { exchanges: ['mx.hosting.test'] },
      ...change,
    })
  const look = async (config = settings(), reach: Reach = async () => {}) => {
    const resolver = createResolver({ client: createDnsClient(), stubZones: [zone.stubZone], recursors: [] })
    const findings = await examine(config, store, { now, resolver, reach })
    return findings
      .filter(({ level }) => level !== 'ok')
      .map(({ subject, level, text }) => `${level} ${subject}: ${text}`)
  }
  const withMail = () => {
    zone.zone.setRrsets('reports.hosting.test', [
      { type: 'MX', ttl: 60, data: [{ preference: 10, exchange: 'mx.hosting.test' }] },
    ])
    zone.zone.setRrsets('mx.hosting.test', [{ type: 'A', ttl: 60, data: ['192.0.2.2'] }])
    zone.zone.setRrsets('*._report._dmarc.reports.hosting.test', [{ type: 'TXT', ttl: 60, data: ['v=DMARC1;'] }])
  }

  it('finds nothing where everything works', async () => {
    withMail()
    expect(await look()).toEqual([])
  })

  it('says what is wrong with settings, mail servers, addresses and name servers, and what to do', async () => {
    const found = await look(
      settings({
        hostedZone: { name: 'hosting.test', nameServers: [{ name: 'ns2.hosting.test' }] },
        reports: {},
      }),
      async () => {
        throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
      },
    )
    expect(found).toEqual([
      expect.stringMatching(/^problem settings: hostedZone\.nameServers ns2\.hosting\.test is inside the zone/),
      expect.stringMatching(/^problem settings: reports\.exchanges is empty/),
      expect.stringMatching(/^problem delegation: The zone is served by ns1\.hosting\.test, and hostedZone/),
      expect.stringMatching(/^warning policy host: 192\.0\.2\.1 port 443 takes no connection .+ECONNREFUSED/),
      expect.stringMatching(/^problem reports: example\.com\._report\._dmarc\.reports\.hosting\.test has no record/),
      expect.stringMatching(/^problem reports: reports\.hosting\.test has no MX records/),
    ])
  })

  it('says where the mail servers for reports take no connection', async () => {
    withMail()
    const refuse = async (_: string, port: number) => {
      if (port === 25) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    }
    expect(await look(settings(), refuse)).toEqual([
      expect.stringMatching(/^warning reports: mx\.hosting\.test port 25, .+ECONNREFUSED.+Check that it runs/),
    ])
  })

  it('says where the zone is not delegated, or its servers do not answer', async () => {
    withMail()
    const below = { name: 'sub.hosting.test', nameServers: [{ name: 'ns1.example.net' }] }
    expect(await look(settings({ hostedZone: below, network: { allowPrivate: true } }))).toContainEqual(
      expect.stringMatching(
        /^problem delegation: sub\.hosting\.test is not delegated: it lies in hosting\.test\. Add NS/,
      ),
    )
    await zone.close()
    expect((await look()).join('\n')).toMatch(/problem (?:delegation|name server): /)
    zone = await startCustomerDns('hosting.test')
  })

  it('sees certificates that expire, orders that fail and changes that wait', async () => {
    withMail()
    const row = { value: '{}', updated_at: now }
    await store.db
      .insertInto('acme_state')
      .values([
        { ...row, kind: 'certificate', name: 'mta-sts.a.example', expires_at: now + 3 * 86_400_000 },
        { ...row, kind: 'failure', name: 'mta-sts.b.example', expires_at: now },
      ])
      .execute()
    const due = { attempt: 0, generation: 0, lease_until: 0, lease_owner: null, next_check_at: now - 600_000 }
    await store.db
      .insertInto('work')
      .values({ ...due, task: 'publish', subject: 'x' })
      .execute()
    expect(await look()).toEqual([
      expect.stringMatching(/^warning certificates: The last order for mta-sts\.b\.example failed/),
      expect.stringMatching(/^problem certificates: The first certificate expires in 3 days/),
      expect.stringMatching(/^problem publishing: A change has waited for 10 minutes/),
    ])
  })
})
