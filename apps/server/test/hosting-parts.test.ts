import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { apply, memoryJournalStore, plan, undo } from '@dmarc-as-code/dns/apply'
import { createDnsClient, createResolver, type StubZone } from '@dmarc-as-code/dns/resolver'
import type { TsigKey } from '@dmarc-as-code/dns/rfc2136'
import { createPolicyFetcher, verifyDomain } from '@dmarc-as-code/dns/verify'
import { hostedNames, mtaStsPolicyId, type RecordKind, recordKinds } from '@dmarc-as-code/records'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startBind } from '../../../test-support/bind.ts'
import { startKnot } from '../../../test-support/knot.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { type Authority, startAuthority, ZoneData } from '../src/authority/index.ts'
import { cachedCertificates, localCa } from '../src/certificates/index.ts'
import { createPolicyHost, type Listening } from '../src/policy-host/index.ts'
import { startSandboxDns } from '../src/sandbox-dns/index.ts'

/** The DNS and HTTPS parts of the server, without its API and store, seen through the deps of `@dmarc-as-code/dns`. */
const DOMAIN = 'example.test'
const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 1).toString('base64') }
const policyText = `version: STSv1\r\nmode: enforce\r\nmx: mail.${DOMAIN}\r\nmax_age: 86400\r\n`
const id = mtaStsPolicyId(policyText)

const targets: Record<RecordKind, string> = {
  dmarc: 'k3y.dmarc.hosted.test',
  mta_sts_policy: 'k3y.mta-sts.hosted.test',
  mta_sts_id: 'k3y.sts-id.hosted.test',
  tls_rpt: 'k3y.tls-rpt.hosted.test',
}
const texts: Partial<Record<RecordKind, string>> = {
  dmarc: 'v=DMARC1; p=reject; rua=mailto:reports@hosted.test',
  mta_sts_id: `v=STSv1; id=${id};`,
  tls_rpt: 'v=TLSRPTv1; rua=mailto:reports@hosted.test',
}

interface CustomerDns {
  address: string
  port: number
  close(): Promise<void>
}

let hosting: Authority
let policyHost: Listening
let caCertificate: string

beforeEach(async () => {
  const hosted = new ZoneData({ origin: 'hosted.test', nameServers: ['ns1.hosted.test'] })
  for (const kind of recordKinds) {
    const text = texts[kind]
    hosted.setRrsets(targets[kind], [
      text === undefined ? { type: 'A', ttl: 300, data: ['127.0.0.1'] } : { type: 'TXT', ttl: 300, data: [text] },
    ])
  }
  hosting = await startAuthority({ zones: [hosted] })
  const ca = await localCa()
  caCertificate = ca.caCertificate
  policyHost = await createPolicyHost({
    certificates: cachedCertificates(ca),
    lookUpPolicy: async (hostname) => (hostname === `mta-sts.${DOMAIN}` ? { text: policyText } : undefined),
  })
})
afterEach(async () => {
  await Promise.all([hosting.close(), policyHost.close()])
})

function verify(customer: CustomerDns) {
  const stubZones: StubZone[] = [
    { zone: DOMAIN, servers: [customer] },
    { zone: 'hosted.test', servers: [hosting] },
  ]
  return verifyDomain({
    domain: DOMAIN,
    expected: Object.fromEntries(
      recordKinds.map((kind) => {
        const txt = texts[kind]
        return [kind, { target: targets[kind], ...(txt !== undefined && { txt }) }]
      }),
    ),
    policy: { text: policyText, id },
    resolver: createResolver({ client: createDnsClient(), stubZones, recursors: [] }),
    http: createPolicyFetcher({ ca: caCertificate, connect: { address: policyHost.address, port: policyHost.port } }),
  })
}

const wanted = recordKinds.map((kind) => ({
  name: hostedNames(DOMAIN)[kind],
  type: 'CNAME' as const,
  value: targets[kind],
}))

const services: [string, readonly string[], () => Promise<CustomerDns>][] = [
  ['the sandbox DNS', [], () => startSandboxDns({ keys: [key] })],
  ['BIND', ['named'], () => startBind({ zones: [{ name: DOMAIN }], keys: [key] })],
  ['Knot', ['knotd'], () => startKnot({ zones: [{ name: DOMAIN }], keys: [key] })],
]

for (const [name, programs, start] of services) {
  describe.skipIf(!hasPrograms(...programs))(`CNAMEs in ${name}`, () => {
    it('make the domain ready when they are applied, and no longer when they are undone', async () => {
      const customer = await start()
      try {
        expect(await verify(customer)).toMatchObject({ overall: 'action_required' })
        const adapter = await createAdapter({ type: 'rfc2136', server: customer.address, port: customer.port, key })
        const { journal } = await apply(await plan(wanted, adapter), adapter, { journals: memoryJournalStore() })

        const ready = await verify(customer)
        expect(ready.policyFile).toMatchObject({ status: 'active', httpStatus: 200 })
        expect(recordKinds.map((kind) => ready.records[kind]?.cname.status)).toEqual(Array(4).fill('verified'))
        expect(ready.overall).toBe('ready')

        if (!journal) throw new Error('nothing was applied')
        await undo(journal, adapter, { journals: memoryJournalStore() })
        expect((await verify(customer)).records.dmarc?.cname).toMatchObject({
          status: 'awaiting_setup',
          reason: 'absent',
        })
      } finally {
        await customer.close()
      }
    })
  })
}

describe('the old DMARC record of shop.test in the sandbox DNS', () => {
  it('is a conflict that fails the plan and is replaced on request', async () => {
    const dns = await startSandboxDns({ keys: [key] })
    const record = { name: '_dmarc.shop.test', type: 'CNAME' as const, value: targets.dmarc }
    const adapter = await createAdapter({ type: 'rfc2136', server: dns.address, port: dns.port, key })
    expect((await plan([record], adapter)).items[0]).toMatchObject({ action: 'conflict' })
    const replacing = await plan([record], adapter, { conflict: 'replace' })
    const { journal } = await apply(replacing, adapter, { journals: memoryJournalStore() })
    expect(dns.zone('shop.test').dump()).toContain(`_dmarc.shop.test. 300 IN CNAME ${targets.dmarc}.`)
    if (!journal) throw new Error('nothing was applied')
    await undo(journal, adapter, { journals: memoryJournalStore() })
    expect(dns.zone('shop.test').dump()).toContain('_dmarc.shop.test. 3600 IN TXT "v=DMARC1; p=none;')
    await dns.close()
  })
})
