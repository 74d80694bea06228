import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { runCaptured } from '../../test/run-cli.ts'
import { manualAdapter } from '../adapters/manual/adapter.ts'
import { plan } from '../engine/plan.ts'
import { createDnsClient } from '../transport/client.ts'
import { lookAtCname } from '../verify/verify-domain.ts'
import { unregisteredDomain } from './registry-zone.ts'
import { createResolver, type Resolver } from './resolver.ts'
import { discoverZone } from './zone-discovery.ts'

describe('the domain that a registry does not delegate', () => {
  it.each([
    ['_dmarc.example.com', 'com', 'example.com'],
    ['_dmarc.mail.example.co.uk', 'co.uk', 'example.co.uk'],
    ['example.com', 'com', 'example.com'],
    ['_dmarc.example.nowhere', '', 'nowhere'],
    ['_dmarc.example.com', 'example.com', undefined],
    ['_dmarc.sub.example.com', 'example.com', undefined],
    // Names on private networks are nobody's to register, and so are those below a hoster's own domain.
    ['_dmarc.example.test', 'test', undefined],
    ['_dmarc.someone.github.io', 'github.io', undefined],
    ['com', 'com', undefined],
  ])('of %s in zone "%s" is %s', (name, zone, domain) => {
    expect(unregisteredDomain(name, zone, ['ns.test'])).toBe(domain)
  })
})

describe.skipIf(!hasPrograms('named'))('a domain that is not registered', () => {
  let bind: DnsDaemon
  let resolver: Resolver
  beforeAll(async () => {
    bind = await startBind({
      zones: [
        { name: 'com', records: ['example IN NS ns1.example.com.', 'ns1.example IN A 127.0.0.1'] },
        { name: 'example.com', records: ['_dmarc IN TXT "v=DMARC1; p=none"'] },
      ],
    })
    const stubZones = [{ zone: '.', servers: [{ address: bind.address, port: bind.port }] }]
    resolver = createResolver({ client: createDnsClient(), stubZones, recursors: [] })
  })
  afterAll(() => bind?.close())

  it('has nothing planned in the zone of its registry', async () => {
    const record = (domain: string) => ({ name: `_dmarc.${domain}`, type: 'CNAME' as const, value: 'k.hosted.test' })
    const records = [record('expired.com'), record('example.com'), record('sub.example.com')]
    const { items } = await plan(records, manualAdapter(resolver), { conflict: 'replace' })
    expect(items.map(({ action, reason }) => reason ?? action)).toEqual(['domain-unregistered', 'replace', 'create'])
    expect(items[0]?.message).toBe(
      'expired.com is not registered, or its registration has expired or is on hold: com does not delegate it to any name server. Register or renew expired.com at a registrar, or correct the name.',
    )
    expect(items[0]).not.toHaveProperty('zone')
  })

  it('has a reason of its own in verifications and in discovery', async () => {
    const run = resolver.begin()
    const expected = { target: 'k.hosted.test' }
    const verdict = await lookAtCname({ run, kind: 'dmarc', domain: 'expired.com', expected })
    expect(verdict).toMatchObject({ status: 'awaiting_setup', reason: 'domain-unregistered' })
    expect(verdict.fix).not.toContain('CNAME')
    expect(await discoverZone({ name: 'mail.expired.com', resolver })).toMatchObject({ unregistered: 'expired.com' })
    expect(await discoverZone({ name: 'mail.example.com', resolver })).not.toHaveProperty('unregistered')
  })

  it('is reported by check, as something to act on', async () => {
    const stub = ['--no-fetch', '--stub-zone', `.=127.0.0.1:${bind.port}`]
    const { code, out } = await runCaptured(['check', 'expired.com', ...stub])
    expect(code).toBe(1)
    expect(out).toMatch(/^expired\.com: expired\.com is not registered/)
  })
})
