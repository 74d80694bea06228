import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js'
import type { Construct } from 'constructs'
import { beforeEach, describe, expect, it } from 'vitest'
import { type TestStack, testStack } from '../../test/stack.ts'
import { MonitoredDomain } from '../domain/monitored-domain.ts'
import { TerraformResource, TerraformVariable } from '../framework.ts'
import { DmarcreportProvider } from '../generated/provider.ts'
import { AzureDns } from './azure.ts'
import { CloudflareDns } from './cloudflare.ts'
import { GoogleDns } from './google.ts'
import { ProviderDns } from './provider-dns.ts'
import { Rfc2136Dns } from './rfc2136.ts'
import { Route53Dns } from './route53.ts'
import { DnsTarget } from './target.ts'

let test: TestStack
beforeEach(() => {
  test = testStack()
})

const declare = (dns: DnsTarget, address = 'example.com') =>
  new MonitoredDomain(test.stack, address, {
    address,
    hostedDmarc: {},
    hostedMtaSts: { mode: 'testing', mx: ['mx.example.com'] },
    dns,
  })
const value = (key: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{dmarcreport_domain\\..*\\.cnames\\.${key}\\.value\\}$`))
const dependsOn = () => test.resources('dmarcreport_domain_verification')[0]?.depends_on

describe('Route53Dns', () => {
  it('writes each CNAME as a record of the zone, which verification waits for', () => {
    declare(new Route53Dns({ zoneId: 'Z1', ttl: 60, allowOverwrite: true, checkExisting: false }))
    const records = test.resources('aws_route53_record')
    expect(records).toHaveLength(4)
    expect(records).toContainEqual({
      zone_id: 'Z1',
      name: '_dmarc.example.com',
      type: 'CNAME',
      ttl: 60,
      records: [value('dmarc')],
      allow_overwrite: true,
    })
    expect(dependsOn()).toHaveLength(4)
  })

  it('looks a zone up once, however many records ask for it', () => {
    const dns = new Route53Dns({ zoneName: 'example.com' })
    declare(dns)
    declare(dns, 'mail.example.com')
    expect(test.data('aws_route53_zone')).toEqual([{ name: 'example.com' }])
    expect(test.resources('aws_route53_record')[0]?.zone_id).toEqual(
      expect.stringMatching(/^\$\{data\.aws_route53_zone\.dmarc-dns-zones_route53-zone-example-com-[\w-]+\.zone_id\}$/),
    )
  })

  it('routes by the longest suffix of labels, and to the default otherwise', () => {
    const zones = { 'example.com': 'Z1', 'mail.example.com': 'Z2', 'example.net': { lookUp: 'example.net' } }
    const dns = new Route53Dns({ zones, zoneId: 'Z9' })
    for (const address of ['example.com', 'a.mail.example.com', 'badexample.com', 'example.net']) declare(dns, address)
    const zoneOf = Object.fromEntries(test.resources('aws_route53_record').map(({ name, zone_id }) => [name, zone_id]))
    expect(zoneOf).toMatchObject({
      '_dmarc.example.com': 'Z1',
      '_dmarc.a.mail.example.com': 'Z2',
      '_dmarc.badexample.com': 'Z9',
      '_dmarc.example.net': expect.stringContaining('data.aws_route53_zone'),
    })
  })

  it('looks a zone up once for each provider, which may each have one of that name', () => {
    const provider = (alias: string) => new AwsProvider(test.stack, alias, { alias })
    declare(new Route53Dns({ zoneName: 'example.com', provider: provider('one') }), 'a.example.com')
    declare(new Route53Dns({ zoneName: 'example.com', provider: provider('two') }), 'b.example.com')
    expect(
      test
        .data('aws_route53_zone')
        .map((zone) => zone.provider)
        .sort(),
    ).toEqual(['aws.one', 'aws.two'])
    const zoneOf = Object.fromEntries(test.resources('aws_route53_record').map(({ name, zone_id }) => [name, zone_id]))
    expect(zoneOf['_dmarc.a.example.com']).not.toEqual(zoneOf['_dmarc.b.example.com'])
  })

  it('tells zones apart whose names differ in a dot only', () => {
    const dns = new Route53Dns({
      zones: { 'my.shop.example': { lookUp: 'my.shop.example' }, 'myshop.example': { lookUp: 'myshop.example' } },
    })
    declare(dns, 'my.shop.example')
    declare(dns, 'myshop.example')
    const zones = test.json().data?.aws_route53_zone ?? {}
    const zoneOf = Object.fromEntries(
      test.resources('aws_route53_record').map(({ name, zone_id }) => {
        const [, key = ''] = /zone\.([\w-]+)\./.exec(String(zone_id)) ?? []
        return [name, zones[key]?.name]
      }),
    )
    expect(zoneOf).toMatchObject({
      '_dmarc.my.shop.example': 'my.shop.example',
      '_dmarc.myshop.example': 'myshop.example',
    })
  })

  it.each<[string, object, string]>([
    [
      'a name as the id',
      { zoneId: 'example.com' },
      'dns.zoneId: found "example.com", which is a name, expected the id',
    ],
    ['a name as an id', { zones: { 'example.com': 'example.com' } }, 'Write { lookUp: "example.com" }.'],
    ['both ways to name a zone', { zoneId: 'Z1', zoneName: 'example.com' }, 'dns.zoneId: found together with zoneName'],
    [
      'one zone in two spellings',
      { zones: { 'example.com': 'Z1', 'EXAMPLE.com.': 'Z2' } },
      'dns.zones: found example.com and EXAMPLE.com., expected each zone once. Remove one.',
    ],
    ['a zone of another name', { zoneName: 'example.net' }, 'dns: found the zone example.net for _dmarc.example.com'],
    [
      'a zone of another name by its suffix',
      { zones: { 'example.com': { lookUp: 'example.net' } } },
      'dns: found the zone example.net for _dmarc.example.com, expected a zone that contains the name.',
    ],
    ['a misspelt prop', { zoneid: 'Z1' }, 'dns.zoneid: found a setting that does not exist'],
    [
      'a zone that is neither',
      { zones: { 'example.com': 7 } },
      'dns.zones.example.com: found 7, expected the id of a zone',
    ],
    ['a time to live that is no number', { zoneId: 'Z1', ttl: '60' }, 'dns.ttl: found "60", expected a number'],
  ])('refuses %s, and writes nothing', (_, props, message) => {
    declare(new Route53Dns(props as never))
    expect(test.faults()[0]).toContain(`[stack/example.com/dns] ${message.startsWith('dns') ? message : ''}`)
    expect(test.faults()[0]).toContain(message)
    expect(test.resources('aws_route53_record')).toEqual([])
  })

  it('looks up a zone whose name is known only while planning', () => {
    const zoneName = new TerraformVariable(test.stack, 'zone', { type: 'string' }).stringValue
    declare(new Route53Dns({ zoneName }))
    expect(test.data('aws_route53_zone')).toEqual([{ name: expect.stringMatching(/^\$\{var\.zone\}$/) }])
    expect(test.faults()).toEqual([])
  })

  it('fails at the domain for which there is no zone', () => {
    declare(new Route53Dns({ zones: { 'example.net': 'Z1' } }))
    expect(test.faults()[0]).toBe(
      '[stack/example.com/dns] dns: found only example.net, expected a zone that contains _dmarc.example.com. ' +
        'Add the zone to `zones`, or set `zoneId` for all other names.',
    )
  })
})

describe('what is in the way of a record', () => {
  const guarded: [string, string, DnsTarget][] = [
    ['aws_route53_record', 'route53', new Route53Dns({ zoneId: 'Z1' })],
    ['cloudflare_dns_record', 'cloudflare', new CloudflareDns({ zoneId: 'Z1' })],
    ['google_dns_record_set', 'google', new GoogleDns({ managedZone: 'zone' })],
    ['azurerm_dns_cname_record', 'azure', new AzureDns({ zoneNames: ['example.com'], resourceGroupName: 'dns' })],
    ['dns_cname_record', 'rfc2136', new Rfc2136Dns({ zoneNames: ['example.com'] })],
  ]

  it.each(guarded)('is looked up and refused for every record: %s', (type, service, dns) => {
    declare(dns)
    const lookups = test.data('dmarcreport_dns_lookup')
    expect(lookups.map(({ name }) => name).sort()).toEqual(
      ['_dmarc', '_mta-sts', '_smtp._tls', 'mta-sts'].map((prefix) => `${prefix}.example.com`),
    )
    expect(lookups.find(({ name }) => name === '_dmarc.example.com')).toMatchObject({ expected: 'v=DMARC1; p=none' })
    const records = test.resources(type)
    expect(records).toHaveLength(4)
    for (const { lifecycle } of records) {
      const { precondition } = lifecycle as { precondition: { condition: string; error_message: string }[] }
      expect(precondition).toHaveLength(1)
      expect(precondition[0]?.condition).toContain('.status == "other_records" ? false :')
      expect(precondition[0]?.error_message).toContain(`new ProviderDns({ ${service}: {...}, onConflict: "replace" })`)
    }
    expect(test.faults()).toEqual([])
  })

  it('is not looked up where that is switched off', () => {
    declare(new Route53Dns({ zoneId: 'Z1', checkExisting: false }))
    const resource = (scope: Construct, id: string) =>
      new TerraformResource(scope, id, { terraformResourceType: 'x_y' })
    declare(
      DnsTarget.custom(({ key }, scope) => resource(scope, key), { checkExisting: false }),
      'example.net',
    )
    expect(test.data('dmarcreport_dns_lookup')).toEqual([])
    expect(test.resources('x_y')).toHaveLength(4)
  })

  it('is added to the conditions that a resource of a custom target has already', () => {
    const precondition = [{ condition: true, errorMessage: 'no' }]
    const dns = DnsTarget.custom(({ key }, scope) => {
      const resource = new TerraformResource(scope, key, { terraformResourceType: 'x_y' })
      resource.lifecycle = { preventDestroy: true, precondition }
      return resource
    })
    declare(dns)
    for (const { lifecycle } of test.resources('x_y')) {
      expect(lifecycle).toMatchObject({ prevent_destroy: true, precondition: [{ error_message: 'no' }, {}] })
    }
  })

  it('is asked of the provider that manages the domain', () => {
    const provider = new DmarcreportProvider(test.stack, 'second', { alias: 'second' })
    const dns = new Route53Dns({ zoneId: 'Z1' })
    new MonitoredDomain(test.stack, 'a', { address: 'a.test', hostedDmarc: {}, dns, provider })
    expect(test.data('dmarcreport_dns_lookup')).toMatchObject([{ provider: 'dmarcreport.second' }])
  })
})

describe('the other services', () => {
  it('Cloudflare: never proxied', () => {
    declare(new CloudflareDns({ zones: { 'example.com': { lookUp: 'example.com' } }, checkExisting: false }))
    const records = test.resources('cloudflare_dns_record')
    expect(records).toHaveLength(4)
    expect(records).toContainEqual({
      zone_id: expect.stringMatching(/^\$\{data\.cloudflare_zone\..*\.id\}$/),
      name: 'mta-sts.example.com',
      type: 'CNAME',
      ttl: 300,
      content: value('mta_sts_policy'),
      proxied: false,
    })
    expect(test.data('cloudflare_zone')).toEqual([{ filter: { name: 'example.com' } }])
  })

  it('Google: names and targets end in a dot', () => {
    declare(new GoogleDns({ managedZone: 'example-zone', project: 'dns' }))
    const [record] = test.resources('google_dns_record_set')
    expect(record).toMatchObject({ managed_zone: 'example-zone', project: 'dns', type: 'CNAME', ttl: 300 })
    expect(record?.name).toMatch(/\.example\.com\.$/)
    expect(record?.rrdatas).toEqual([expect.stringMatching(/\.value\}\.$/)])
  })

  it('Google: refuses a DNS name where the name of a managed zone is wanted', () => {
    declare(new GoogleDns({ managedZone: 'example.com' }))
    expect(test.faults()[0]).toContain('dns.managedZone: found "example.com", which is a DNS name')
  })

  it('Azure: names are relative to the zone', () => {
    declare(
      new AzureDns({ zoneNames: ['example.com'], resourceGroupName: 'dns', checkExisting: false }),
      'mail.example.com',
    )
    expect(test.resources('azurerm_dns_cname_record')).toContainEqual({
      zone_name: 'example.com',
      resource_group_name: 'dns',
      name: '_smtp._tls.mail',
      record: value('tls_rpt'),
      ttl: 300,
    })
  })

  it('RFC 2136: names are relative to the zone, which ends in a dot', () => {
    declare(new Rfc2136Dns({ zoneNames: ['example.com'], checkExisting: false }))
    expect(test.resources('dns_cname_record')).toContainEqual({
      zone: 'example.com.',
      name: '_mta-sts',
      cname: expect.stringMatching(/cnames\.mta_sts_id\.value\}\.$/),
      ttl: 300,
    })
  })

  it.each([
    ['Azure', new AzureDns({ zoneNames: ['example.com'], resourceGroupName: 'dns' })],
    ['RFC 2136', new Rfc2136Dns({ zoneNames: ['example.com'] })],
  ])('fails for %s where the address is known only while planning', (_, dns) => {
    const address = new TerraformVariable(test.stack, 'address', { type: 'string' }).stringValue
    new MonitoredDomain(test.stack, 'later', { address, hostedDmarc: {}, dns })
    expect(test.faults()).toEqual([
      '[stack/later/dns] dns: found an address known only while planning, expected one known now. Write it as a string.',
    ])
  })
})

describe('zones with letters beyond ASCII', () => {
  const zoneName = 'Bücher.example.'
  const idn = 'xn--bcher-kva.example'

  it('are found by names in either form, and written as A-labels', () => {
    declare(new Route53Dns({ zones: { [zoneName]: 'Z1' } }), `a.${idn}`)
    declare(new CloudflareDns({ zoneName }), `b.${idn}`)
    declare(new Rfc2136Dns({ zoneNames: [zoneName] }), 'c.bücher.example')
    declare(new AzureDns({ zoneNames: [zoneName], resourceGroupName: 'dns' }), 'd.bücher.example')
    expect(test.faults()).toEqual([])
    expect(test.data('cloudflare_zone')).toEqual([{ filter: { name: idn } }])
    expect(test.resources('dns_cname_record')).toContainEqual(
      expect.objectContaining({ zone: `${idn}.`, name: '_dmarc.c' }),
    )
    expect(test.resources('azurerm_dns_cname_record')).toContainEqual(
      expect.objectContaining({ zone_name: idn, name: '_dmarc.d' }),
    )
  })
})

describe('a TTL that is none', () => {
  it.each<[string, (ttl: number) => DnsTarget]>([
    ['Route 53', (ttl) => new Route53Dns({ zoneId: 'Z1', ttl })],
    ['Cloudflare', (ttl) => new CloudflareDns({ zoneId: 'Z1', ttl })],
    ['Google', (ttl) => new GoogleDns({ managedZone: 'z', ttl })],
    ['Azure', (ttl) => new AzureDns({ zoneNames: ['example.com'], resourceGroupName: 'dns', ttl })],
    ['RFC 2136', (ttl) => new Rfc2136Dns({ zoneNames: ['example.com'], ttl })],
    ['our own provider', (ttl) => new ProviderDns({ rfc2136: {}, ttl })],
  ])('fails for %s', (_, dns) => {
    declare(dns(1.5))
    expect(test.faults()).toEqual([
      '[stack/example.com/dns] dns.ttl: found 1.5, expected whole seconds from 0 to 2147483647. Write 300.',
    ])
  })
})

describe('ProviderDns', () => {
  it('fails for a way to treat conflicts that there is not', () => {
    declare(new ProviderDns({ rfc2136: {}, onConflict: 'force' as 'fail' }))
    expect(test.faults()).toEqual([
      '[stack/example.com/dns] dns.onConflict: found "force", expected fail, adopt or replace. Write one of them.',
    ])
  })

  it('hands all records of a domain to one resource', () => {
    declare(new ProviderDns({ powerdns: { url: 'http://127.0.0.1:8081' }, ttl: 60, onConflict: 'replace' }))
    const [records] = test.resources('dmarcreport_dns_records')
    expect(records).toMatchObject({ powerdns: { url: 'http://127.0.0.1:8081' }, ttl: 60, on_conflict: 'replace' })
    expect(Object.keys(records?.records as object).sort()).toEqual(['dmarc', 'mta_sts_id', 'mta_sts_policy', 'tls_rpt'])
  })

  it('fails for no service, and for two', () => {
    declare(new ProviderDns({}), 'a.test')
    declare(new ProviderDns({ rfc2136: {}, powerdns: {} }), 'b.test')
    expect(test.faults()).toEqual([
      expect.stringContaining('[stack/a.test/dns] dns: found no DNS service, expected exactly one of'),
      expect.stringContaining('[stack/b.test/dns] dns: found powerdns and rfc2136, expected exactly one of'),
    ])
  })
})

describe("a target of one's own", () => {
  it('is called for each record, and verification waits for what it answers', () => {
    const dns = DnsTarget.custom(
      (record, scope) => new TerraformResource(scope, record.key, { terraformResourceType: 'acme_record' }),
    )
    declare(dns)
    expect(dependsOn()).toHaveLength(4)
  })

  it('may answer nothing', () => {
    const seen: string[] = []
    declare(DnsTarget.custom((record) => void seen.push(record.name)))
    expect(seen).toContain('_smtp._tls.example.com')
    expect(dependsOn()).toBeUndefined()
  })
})
