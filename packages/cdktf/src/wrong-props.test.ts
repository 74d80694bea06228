import { beforeEach, describe, expect, it } from 'vitest'
import { type TestStack, testStack } from '../test/stack.ts'
import { Account } from './account.ts'
import { RefuseWeakPolicy } from './aspects/refuse-weak-policy.ts'
import { RequireHostedDmarc } from './aspects/require-hosted-dmarc.ts'
import { RequireMtaSts } from './aspects/require-mta-sts.ts'
import { RequireTags } from './aspects/require-tags.ts'
import { AzureDns } from './dns/azure.ts'
import { GoogleDns } from './dns/google.ts'
import { ProviderDns } from './dns/provider-dns.ts'
import { Route53Dns } from './dns/route53.ts'
import { DnsTarget } from './dns/target.ts'
import { MonitoredDomain } from './domain/monitored-domain.ts'
import { DomainFleet } from './fleet/domain-fleet.ts'
import { DmarcRollout } from './rollout/dmarc-rollout.ts'
import { Tag } from './tag.ts'

let test: TestStack
beforeEach(() => {
  test = testStack()
})
/** As a program without types would pass it. */
const any = (value: unknown) => value as never
const domain = (props: object) => new MonitoredDomain(test.stack, 'example', any({ address: 'example.com', ...props }))
const published = (dns: DnsTarget) => domain({ hostedDmarc: {}, dns })

describe('props that are no object', () => {
  it.each([
    ['a text', 'example.com', 'props: found "example.com", expected an object with address, '],
    ['a list', ['example.com'], 'props: found ["example.com"], expected an object with address, '],
    ['a function', () => 1, 'props: found a function, expected an object with address, '],
    ['null', null, 'props: found no address, expected one. Add address.'],
    ['nothing', undefined, 'props: found no address, expected one. Add address.'],
  ])('are reported, such as %s', (_, props, message) => {
    new MonitoredDomain(test.stack, 'example', any(props))
    expect(test.faults()).toEqual([expect.stringContaining(message)])
  })

  it('are reported where a required prop is null', () => {
    new DmarcRollout(test.stack, 'rollout', any({ stages: null }))
    new Account(test.stack, 'account', any({ title: null }))
    new Tag(test.stack, 'tag', any(null))
    expect(test.faults()).toEqual([
      expect.stringContaining('props: found no stages, expected one. Add stages.'),
      expect.stringContaining('props: found no title, expected one. Add title.'),
    ])
  })
})

/** A list whose first place is empty. */
const withHole = (text: string) => Object.assign(new Array(2), { 1: text })

describe('values that JSON shows as something else', () => {
  it.each<[string, object, string]>([
    [
      'a hole in a list',
      { hostedDmarc: { extraRua: any(withHole('a@b.test')) } },
      'extraRua[0]: found nothing, expected',
    ],
    ['a boxed text', { address: new String('example.com') }, 'address: found a String object, expected a string'],
    ['a boxed boolean', { parked: new Boolean(false) }, 'parked: found a Boolean object, expected true or false'],
    ['a set', { tags: new Set(['a']) }, 'tags: found a Set object, expected a list'],
  ])('are refused as what they are: %s', (_, props, message) => {
    domain(props)
    expect(test.faults()).toEqual([expect.stringContaining(message)])
  })

  it('are refused in the list of a fleet', () => {
    new DomainFleet(test.stack, 'fleet', { domains: any(withHole('a.test')) })
    expect(test.faults()).toEqual([expect.stringContaining('domains[0]: found nothing, expected')])
  })
})

describe('names that are empty', () => {
  it.each<[string, () => unknown, string]>([
    ['of an account', () => domain({ account: '' }), 'account'],
    ['of a zone by id', () => published(new Route53Dns({ zoneId: '' })), 'dns.zoneId'],
    ['of a zone by name', () => published(new Route53Dns({ zoneName: ' ' })), 'dns.zoneName'],
    [
      'of a zone that is looked up',
      () => published(new Route53Dns({ zones: { 'example.com': { lookUp: '' } } })),
      'dns.zones.example.com.lookUp',
    ],
    ['of a managed zone', () => published(new GoogleDns({ managedZone: '' })), 'dns.managedZone'],
    [
      'of a resource group',
      () => published(new AzureDns({ zoneNames: ['example.com'], resourceGroupName: '' })),
      'dns.resourceGroupName',
    ],
  ])('are refused: %s', (_, make, prop) => {
    make()
    expect(test.faults()).toEqual([
      expect.stringMatching(new RegExp(`${prop}: found " ?", expected a string that is not empty\\. Change it\\.$`)),
    ])
  })
})

describe('the settings of a DNS service', () => {
  it('are refused where they do not exist or have another type, and a secret is never repeated', () => {
    published(
      new ProviderDns(any({ rfc2136: { serverr: 'ns1.example.com', port: '53', keySecret: { is: 'canary' } } })),
    )
    const faults = test.faults()
    expect(faults).toEqual([
      expect.stringContaining('dns.rfc2136.serverr: found a setting that does not exist'),
      expect.stringContaining('dns.rfc2136.port: found "53", expected a number.'),
      expect.stringContaining('dns.rfc2136.keySecret: found a value of the type object, expected a string.'),
    ])
    expect(faults[0]).toContain('Write server.')
    expect(faults.join()).not.toContain('canary')
  })
})

describe('a DNS target of your own', () => {
  it.each([
    ['a text', () => 'record'],
    ['a promise', async () => undefined],
    ['a list with something else in it', () => [{}]],
  ])('is refused where it answers %s, which verification cannot wait for', (_, publish) => {
    published(DnsTarget.custom(any(publish)))
    expect(test.faults()).toEqual([
      expect.stringMatching(/dns\.custom: found .* as the result for dmarc, expected what it created/),
    ])
  })

  it('is refused where its options do not exist, and takes null for none', () => {
    published(DnsTarget.custom(() => undefined, any({ checkExistng: false })))
    new MonitoredDomain(test.stack, 'other', {
      address: 'other.example',
      hostedDmarc: {},
      dns: DnsTarget.custom(() => undefined, any(null)),
    })
    expect(test.faults()).toEqual([expect.stringMatching(/dns\.checkExistng: .* Write checkExisting\.$/)])
  })

  it('is refused where it is no function', () => {
    published(DnsTarget.custom(any(undefined)))
    expect(test.faults()).toEqual([expect.stringContaining('dns.custom: found nothing, expected a function')])
  })
})

describe('a rule', () => {
  it.each<[string, () => unknown, string]>([
    [
      'a policy that does not exist',
      () => new RefuseWeakPolicy(any({ atLeast: 'rejct' })),
      'RefuseWeakPolicy: atLeast: ',
    ],
    ['a misspelt exception', () => new RequireHostedDmarc(any({ excpt: [] })), 'RequireHostedDmarc: excpt: '],
    ['a text in the place of a list', () => new RequireMtaSts(any({ tags: 'mail' })), 'RequireMtaSts: tags: '],
    ['no tags', () => new RequireTags(any({ tag: ['mail'] })), 'RequireTags: props: found no anyOf, expected one.'],
    ['nothing at all', () => new RequireTags(any(undefined)), 'RequireTags: props: found no anyOf, expected one.'],
  ])('is refused at once where it is made with %s, since it would let everything pass', (_, make, message) => {
    expect(make).toThrow(message)
  })
})

describe('what the service refuses', () => {
  it('is refused while synthesising: hosted MTA-STS for a parked domain, or without reports on TLS', () => {
    const hostedMtaSts = { mode: 'testing', mx: ['mx.example.com'] }
    domain({ parked: true, hostedMtaSts })
    new MonitoredDomain(test.stack, 'other', any({ address: 'other.example', reports: ['aggregate'], hostedMtaSts }))
    expect(test.faults()).toEqual([
      expect.stringContaining('hostedMtaSts: found a policy for a parked domain, expected none'),
      expect.stringContaining('reports: found ["aggregate"], expected tls among them'),
    ])
  })
})

describe('importFrom', () => {
  it('counts as it was called last, so that one domain of a fleet can have another origin', () => {
    const example = domain({})
    example.importFrom()
    example.importFrom('7/example.com')
    expect(test.json().import).toEqual([{ to: expect.stringMatching(/^dmarcreport_domain\./), id: '7/example.com' }])
  })

  it.each(['', ' ', 7, null])('is refused with %j', (from) => {
    domain({}).importFrom(any(from))
    expect(test.faults()).toEqual(from === null ? [] : [expect.stringContaining('importFrom: found ')])
  })
})
