import { describe, expect, it } from 'vitest'
import { network } from '../../test/network.ts'
import { rcode } from '../../test/scripted-dns.ts'
import { type Fault, rightRecord, silent, world } from '../../test/world.ts'
import { authoritative } from '../../test/zones.ts'
import { identifyDnsService } from '../services/identify.ts'
import type { DnsClient } from '../transport/types.ts'
import { createResolver } from './resolver.ts'
import { discoverZone } from './zone-discovery.ts'

describe('discoverZone', () => {
  it('finds the zone, its servers with addresses, and the delegation above', async () => {
    const found = await discoverZone({ name: 'example.test', resolver: world().resolver })
    expect(found).toEqual({
      zone: 'example.test',
      relativeName: '@',
      nsNames: ['ns1.example.net', 'ns2.example.net'],
      nameServers: [
        { name: 'ns1.example.net', servers: [{ address: '192.0.2.1' }], delegated: true },
        { name: 'ns2.example.net', servers: [{ address: '192.0.2.2' }], delegated: true },
      ],
      delegation: ['ns1.example.net', 'ns2.example.net'],
      delegationMatches: true,
      negativeTtl: 300,
    })
  })

  it('is not misled by a name that is an alias into another zone', async () => {
    const { resolver } = world({ records: [rightRecord] })
    expect(await discoverZone({ name: '_dmarc.example.test', resolver })).toMatchObject({
      zone: 'example.test',
      relativeName: '_dmarc',
    })
  })

  it('gives the name relative to the zone that holds it, not to the domain', async () => {
    const found = await discoverZone({ name: '_dmarc.mail.example.test', resolver: world().resolver })
    expect(found).toMatchObject({ zone: 'example.test', relativeName: '_dmarc.mail' })
  })

  it('tells a delegation that names other servers than the zone', async () => {
    const { resolver } = world({ ns: ['ns9.example.net'], delegation: ['ns1.example.net'] })
    expect(await discoverZone({ name: 'example.test', resolver })).toMatchObject({
      delegationMatches: false,
      delegation: ['ns1.example.net'],
      nsNames: ['ns9.example.net'],
    })
  })

  it('names the service by its name servers', async () => {
    const { resolver } = world({ ns: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'] })
    expect((await discoverZone({ name: 'example.test', resolver })).service).toMatchObject({ id: 'cloudflare' })
  })

  it('leaves the delegation open when the parent does not answer', async () => {
    const found = await discoverZone({ name: 'example.test', resolver: world({ faults: { parent: silent } }).resolver })
    expect(found.delegation).toBeUndefined()
    expect(found.zone).toBe('example.test')
  })

  it('fails with what each server said when no server answers', async () => {
    const { resolver } = world({ faults: { recursor1: silent, recursor2: silent } })
    await expect(discoverZone({ name: 'example.test', resolver })).rejects.toMatchObject({
      name: 'ZoneLookupError',
      message: expect.stringContaining('198.51.100.1'),
    })
  })

  it('fails when resolvers are silent about a name and its parent, and says what to check', async () => {
    const { resolver, client } = world({ faults: { recursor1: silent, recursor2: silent } })
    await expect(discoverZone({ name: 'a.b.c.example.test', resolver })).rejects.toThrow(
      /could not be found\..* Check that this machine is on a network and has a resolver that answers\.$/,
    )
    expect(new Set(client.asked.map((line) => line.split(' ').at(-2)))).toEqual(
      new Set(['a.b.c.example.test', 'b.c.example.test']),
    )
  })

  it('fails as a look-up that took too long, not with the bare deadline', async () => {
    const client: DnsClient = {
      query: (_, __, { signal } = {}) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    }
    const resolver = createResolver({ client, recursors: [{ address: '192.0.2.53' }] })
    await expect(discoverZone({ name: 'example.test', resolver, timeout: 50 })).rejects.toMatchObject({
      name: 'ZoneLookupError',
    })
  })

  it('fails on a zone whose servers are all broken, and does not take its parent for it', async () => {
    const broken: Fault = (query) =>
      query.name.endsWith('example.test') ? { rcode: rcode.SERVFAIL, aa: false } : undefined
    const { resolver } = world({ faults: { recursor1: broken, recursor2: broken } })
    await expect(discoverZone({ name: 'mail.example.test', resolver })).rejects.toThrow(/answered SERVFAIL/)
  })

  it('fails at once outside the stub zones when there is no resolver to ask', async () => {
    const resolver = createResolver({ client: network({}), recursors: [] })
    await expect(discoverZone({ name: 'example.test', resolver })).rejects.toThrow('There is no server to ask.')
  })
})

describe('inside stub zones', () => {
  const child = authoritative({ 'child.example.test': ['@ NS ns1.child.example.test', '_dmarc TXT x'] })
  const parent = authoritative({
    'example.test': ['@ NS ns1.example.test', 'child NS ns1.child.example.test', 'ns1.child A 192.0.2.8'],
  })
  const looped = authoritative({
    'example.test': ['@ NS ns1.example.test', 'a NS ns.b.example.test', 'b NS ns.a.example.test'],
  })

  it('keeps every question inside them', async () => {
    const client = network({ '192.0.2.7': parent })
    const stubZones = [{ zone: 'Example.test.', servers: [{ address: '192.0.2.7' }] }]
    const found = await discoverZone({
      name: '_dmarc.example.test',
      resolver: createResolver({ client, stubZones, recursors: [{ address: '198.51.100.1' }] }),
    })
    expect(found).toMatchObject({ zone: 'example.test', nameServers: [{ servers: [{ address: '192.0.2.7' }] }] })
    expect(client.asked.every((question) => question.startsWith('192.0.2.7 '))).toBe(true)
  })

  it('follows a referral to a zone beneath, by its glue', async () => {
    const client = network({ '192.0.2.7': parent, '192.0.2.8': child })
    const stubZones = [{ zone: 'example.test', servers: [{ address: '192.0.2.7' }] }]
    const resolver = createResolver({ client, stubZones, recursors: [] })
    expect(await discoverZone({ name: '_dmarc.child.example.test', resolver })).toMatchObject({
      zone: 'child.example.test',
      relativeName: '_dmarc',
      nameServers: [{ name: 'ns1.child.example.test', servers: [{ address: '192.0.2.8' }] }],
    })
  })

  it('prefers the stub zone with the longest name', async () => {
    const client = network({ '192.0.2.7': parent, '192.0.2.8': child })
    const stubZones = [
      { zone: '.', servers: [{ address: '192.0.2.7' }] },
      { zone: 'child.example.test', servers: [{ address: '192.0.2.8' }] },
    ]
    const resolver = createResolver({ client, stubZones, recursors: [] })
    expect(await discoverZone({ name: 'child.example.test', resolver })).toMatchObject({ zone: 'child.example.test' })
  })

  it('does not wait for ever for name servers that hang on one another', async () => {
    const client = network({ '192.0.2.7': looped })
    const stubZones = [{ zone: 'example.test', servers: [{ address: '192.0.2.7' }] }]
    const resolver = createResolver({ client, stubZones, recursors: [] })
    const looking = discoverZone({ name: 'x.a.example.test', resolver, timeout: 200 })
    await expect(looking.then((found) => found.nameServers[0]?.servers ?? [])).rejects.toBeDefined()
  })
})

describe('identifyDnsService', () => {
  it.each([
    ['ns-2048.awsdns-64.co.uk', 'route53'],
    ['ADA.ns.cloudflare.com.', 'cloudflare'],
    ['ns-cloud-a1.googledomains.com', 'google'],
    ['ns1-05.azure-dns.com', 'azure'],
    ['ns1.digitalocean.com', 'digitalocean'],
    ['ns33.domaincontrol.com', 'godaddy'],
    ['dns1.registrar-servers.com', 'namecheap'],
    ['hydrogen.ns.hetzner.com', 'hetzner'],
    ['dns10.ovh.net', 'ovh'],
    ['ns-12-a.gandi.net', 'gandi'],
    ['ns1045.ui-dns.org', 'ionos'],
    ['dns1.p01.nsone.net', 'ns1'],
    ['ns1.desec.io', 'desec'],
    ['ns1.linode.com', 'linode'],
    ['ns1.vultr.com', 'vultr'],
    ['ns3.dnsimple.com', 'dnsimple'],
  ])('knows %s', (ns, id) => {
    expect(identifyDnsService([ns])?.id).toBe(id)
  })

  it('takes the service most of the servers belong to, and none for strangers or look-alikes', () => {
    expect(identifyDnsService(['ns1.linode.com', 'a.ns.cloudflare.com', 'b.ns.cloudflare.com'])?.id).toBe('cloudflare')
    expect(identifyDnsService(['ns1.example.net', 'cloudflare.com.example.net'])).toBeUndefined()
    expect(identifyDnsService([])).toBeUndefined()
  })
})
