import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type TestStack, testStack } from '../../test/stack.ts'
import { Account } from '../account.ts'
import { ProviderDns } from '../dns/provider-dns.ts'
import { DnsTarget } from '../dns/target.ts'
import {
  DataResource,
  type TerraformElement,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
} from '../framework.ts'
import { DmarcreportProvider } from '../generated/provider.ts'
import type { HostedMtaSts } from '../hosted/mta-sts.ts'
import { DmarcRollout } from '../rollout/dmarc-rollout.ts'
import { Tag } from '../tag.ts'
import { MonitoredDomain } from './monitored-domain.ts'

let test: TestStack
beforeEach(() => {
  test = testStack()
})

const domainType = 'dmarcreport_domain'
const recordsType = 'dmarcreport_dns_records'
const verificationType = 'dmarcreport_domain_verification'
const mtaSts = { mode: 'testing', mx: ['mx.example.com'] } as const
const nowhere = DnsTarget.custom(() => undefined)

describe('a monitored domain', () => {
  it('needs nothing but its address, and then waits for nothing', () => {
    const domain = new MonitoredDomain(test.stack, 'example', { address: 'example.com' })
    expect(test.resources(domainType)).toEqual([
      { address: 'example.com', rua_report: true, ruf_report: true, parked: false },
    ])
    expect(test.resources(verificationType)).toEqual([])
    expect(domain.cnames).toEqual({})
    expect(domain.ready).toBeUndefined()
  })

  it('names its CNAMEs while synthesising, and refers to their targets', () => {
    const domain = new MonitoredDomain(test.stack, 'bücher', {
      address: 'bücher.example',
      hostedDmarc: { policy: 'none' },
      hostedMtaSts: mtaSts,
    })
    expect(Object.values(domain.cnames).map((record) => [record.key, record.name])).toEqual([
      ['dmarc', '_dmarc.xn--bcher-kva.example'],
      ['mta_sts_policy', 'mta-sts.xn--bcher-kva.example'],
      ['mta_sts_id', '_mta-sts.xn--bcher-kva.example'],
      ['tls_rpt', '_smtp._tls.xn--bcher-kva.example'],
    ])
    const dmarc = test.resolve(domain.cnames.dmarc?.value)
    expect(dmarc).toMatch(/^\$\{dmarcreport_domain\.[\w-]+\.cnames\.dmarc\.value\}$/)
  })

  it('publishes only what is hosted, then verifies it', () => {
    const dns = new ProviderDns({ rfc2136: {} })
    new MonitoredDomain(test.stack, 'example', { address: 'example.com', hostedDmarc: {}, dns, readyTimeout: '5m' })
    const [records] = test.resources(recordsType)
    expect(Object.keys(records?.records as object)).toEqual(['dmarc'])
    const [verification] = test.resources(verificationType)
    expect(verification).toMatchObject({
      depends_on: [expect.stringMatching(/^dmarcreport_dns_records\./)],
      timeouts: { create: '5m', update: '5m' },
    })
  })

  it('waits without a DNS target when asked, and does not when told not to', () => {
    const settings = { hostedDmarc: {} }
    new MonitoredDomain(test.stack, 'a', { address: 'a.test', ...settings, waitUntilReady: true })
    new MonitoredDomain(test.stack, 'b', { address: 'b.test', ...settings, dns: nowhere, waitUntilReady: false })
    new MonitoredDomain(test.stack, 'c', { address: 'c.test', dns: nowhere })
    expect(test.resources(verificationType)).toHaveLength(1)
  })

  it('belongs to an account and has tags, made here or elsewhere', () => {
    const account = new Account(test.stack, 'account', { title: 'Example Ltd' })
    const tag = new Tag(test.stack, 'production', { color: '#10B981' })
    new MonitoredDomain(test.stack, 'a', { address: 'a.test', account, tags: [tag, 'legacy'] })
    new MonitoredDomain(test.stack, 'b', { address: 'b.test', account: 'example-ltd', tags: [] })
    expect(test.resources(domainType)).toMatchObject([
      {
        account_id: expect.stringMatching(/^\$\{dmarcreport_account\..*\.id\}$/),
        tags: [expect.stringMatching(/^\$\{dmarcreport_tag\..*\.name\}$/), 'legacy'],
      },
      { account_id: 'example-ltd', tags: [] },
    ])
    expect(test.faults()).toEqual([])
  })

  it('turns the kinds of reports into flags', () => {
    new MonitoredDomain(test.stack, 'a', { address: 'a.test', reports: ['failure', 'tls'] })
    expect(test.resources(domainType)).toMatchObject([{ rua_report: false, ruf_report: true, mta_sts_report: true }])
  })

  it('is protected from deletion where that is said', () => {
    new MonitoredDomain(test.stack, 'a', { address: 'a.test', deletionProtection: true })
    new MonitoredDomain(test.stack, 'b', { address: 'b.test' })
    expect(test.resources(domainType).map((domain) => domain.deletion_protection)).toEqual([true, undefined])
  })

  it('passes the reason to weaken on to all that checks it, that of a rollout as well', () => {
    const dns = new ProviderDns({ rfc2136: {}, onConflict: 'replace' })
    const hostedDmarc = { policy: 'none', fromCurrent: true } as const
    new MonitoredDomain(test.stack, 'a', { address: 'a.test', hostedDmarc, dns, allowWeaker: 'Mail is lost' })
    const stages = [{ stage: 'none' }] as const
    const rollout = new DmarcRollout(test.stack, 'rollout', { stages, allowWeaker: 'Back to none' })
    new MonitoredDomain(test.stack, 'b', { address: 'b.test', hostedDmarc: rollout, dns })
    const reasons = (type: string) => test.resources(type).map(({ allow_weaker }) => allow_weaker)
    expect(reasons(domainType)).toEqual(['Mail is lost', 'Back to none'])
    expect(reasons(recordsType)).toEqual(['Mail is lost', 'Back to none'])
    expect(test.resources(domainType)[0]?.hosted_dmarc).toEqual({ policy: 'none', from_current: true })
    expect(test.faults()).toEqual([])
  })

  it.each<[HostedMtaSts, object]>([
    [{ fromCurrent: true }, { from_current: true }],
    [
      { fromCurrent: true, mode: 'enforce', maxAgeDays: 14 },
      { from_current: true, mode: 'enforce', max_age_days: 14 },
    ],
    [
      { fromCurrent: true, mx: ['mx.test'] },
      { from_current: true, mx: ['mx.test'] },
    ],
  ])('hosts MTA-STS from what is live: %j', (hostedMtaSts, written) => {
    new MonitoredDomain(test.stack, 'a', { address: 'a.test', hostedMtaSts })
    expect(test.faults()).toEqual([])
    expect(test.resources(domainType)[0]?.hosted_mta_sts).toEqual(written)
  })

  it('writes import blocks with the account in front where it is known', () => {
    new MonitoredDomain(test.stack, 'a', { address: 'a.test', account: 'example-ltd' }).importFrom()
    new MonitoredDomain(test.stack, 'b', { address: 'b.test' }).importFrom()
    new MonitoredDomain(test.stack, 'c', { address: 'c.test' }).importFrom('17')
    const addresses = Object.keys(test.json().resource[domainType] ?? {}).map((name) => `${domainType}.${name}`)
    expect(test.json().import).toEqual([
      { to: addresses[0], id: 'example-ltd/a.test' },
      { to: addresses[1], id: 'b.test' },
      { to: addresses[2], id: '17' },
    ])
  })

  it('can be one that is managed elsewhere', () => {
    const domain = MonitoredDomain.fromAddress(test.stack, 'existing', 'example.com', { account: 'example-ltd' })
    expect(test.data(domainType)).toEqual([{ address: 'example.com', account_id: 'example-ltd' }])
    expect(domain.cnames.tls_rpt?.name).toBe('_smtp._tls.example.com')
    expect(test.resolve(domain.cnames.tls_rpt?.value)).toContain('data.dmarcreport_domain.existing.cnames.tls_rpt')
  })

  it('leaves the address of one that is managed elsewhere to the plan', () => {
    const { stringValue } = new TerraformVariable(test.stack, 'address', { type: 'string' })
    const { cnames } = MonitoredDomain.fromAddress(test.stack, 'existing', stringValue)
    expect(test.data(domainType)).toEqual([{ address: expect.stringMatching(/^\$\{var\.address\}$/) }])
    expect(test.resolve(cnames.dmarc?.name)).toMatch(/^\$\{data\.dmarcreport_domain\.existing\.cnames\.dmarc\.name\}$/)
  })

  it('leaves references to the plan', () => {
    const variable = (name: string) => new TerraformVariable(test.stack, name, { type: 'string' }).stringValue
    const domain = new MonitoredDomain(test.stack, 'a', {
      address: variable('address'),
      readyTimeout: variable('timeout'),
      hostedDmarc: {
        policy: variable('policy') as 'none',
        extraRua: [variable('rua')],
        failureOptions: variable('fo'),
      },
      hostedMtaSts: { mode: variable('mode') as 'none', mx: [variable('mx')] },
      waitUntilReady: true,
    })
    expect(test.faults()).toEqual([])
    expect(test.resolve(domain.cnames.dmarc?.name)).toMatch(/cnames\.dmarc\.name/)
  })

  it('takes undefined for not given, at every depth', () => {
    const { stack } = test
    const dns = new ProviderDns({
      rfc2136: { server: undefined as never },
      ttl: undefined,
      route53: undefined as never,
    })
    const live = { address: 'a.test', hostedDmarc: { policy: undefined, extraRua: undefined }, reports: undefined, dns }
    new MonitoredDomain(stack, 'a', { ...live, hostedMtaSts: undefined, tags: undefined })
    expect(test.resources(domainType)).toEqual([
      { address: 'a.test', rua_report: true, ruf_report: true, parked: false, hosted_dmarc: {} },
    ])
    expect(test.resources(recordsType)).toMatchObject([{ rfc2136: {} }])
    expect(test.faults()).toEqual([])
  })

  it('takes another name in Terraform, also after others refer to it', () => {
    const dns = DnsTarget.custom(({ key, value }, scope) => new DataResource(scope, key, { input: { value } }))
    const domain = new MonitoredDomain(test.stack, 'a', { address: 'a.test', hostedDmarc: {}, dns })
    new TerraformOutput(test.stack, 'id', { value: domain.domainId })
    const main = domain.node.defaultChild as TerraformElement
    expect(main).toBe(domain.resource)
    main.overrideLogicalId('renamed')
    domain.importFrom()
    const json = JSON.stringify(test.json())
    expect(Object.keys(test.json().resource[domainType] ?? {})).toEqual(['renamed'])
    expect([...json.matchAll(/dmarcreport_domain\.(\w+)/g)].map(([, name]) => name)).not.toHaveLength(0)
    expect(new Set([...json.matchAll(/dmarcreport_domain\.(\w+)/g)].map(([, name]) => name))).toEqual(
      new Set(['renamed']),
    )
  })

  it('has a computed map of CNAMEs in its L1 resource, whose keys are text', () => {
    const { resource } = new MonitoredDomain(test.stack, 'a', { address: 'a.test', hostedDmarc: {} })
    expect(test.resolve(resource.cnames.get('dmarc').value)).toMatch(
      /^\$\{dmarcreport_domain\.[\w-]+\.cnames\["dmarc"\]\.value\}$/,
    )
  })

  it('stands in dependsOn for all that is made for it', () => {
    const domain = new MonitoredDomain(test.stack, 'a', { address: 'a.test', hostedDmarc: {}, waitUntilReady: true })
    new DataResource(test.stack, 'after', { dependsOn: [domain] })
    expect(test.resources('terraform_data')).toMatchObject([
      { depends_on: [expect.stringMatching(/^dmarcreport_domain_verification\./)] },
    ])
  })

  it('depends, and is depended on, by node.addDependency', () => {
    const [a, b] = ['a', 'b'].map((id) => {
      const settings = { address: `${id}.test`, hostedDmarc: {}, waitUntilReady: true }
      return new MonitoredDomain(test.stack, id, settings)
    }) as [MonitoredDomain, MonitoredDomain]
    const before = new DataResource(test.stack, 'before')
    const after = new DataResource(test.stack, 'after', { dependsOn: [before] })
    a.node.addDependency(before)
    b.node.addDependency(a)
    after.node.addDependency(b)
    const [ofA, ofB] = test.resources(domainType)
    expect(ofA?.depends_on).toEqual(['terraform_data.before'])
    const live = expect.stringMatching(/^dmarcreport_domain_verification\.a_/)
    expect(ofB?.depends_on).toEqual([live])
    expect(test.resources(verificationType)[1]?.depends_on).toEqual([live])
    expect(test.json().resource.terraform_data?.after?.depends_on).toEqual([
      'terraform_data.before',
      expect.stringMatching(/^dmarcreport_domain_verification\.b_/),
    ])
  })

  it('leaves dependencies among constructs of others as the framework does', () => {
    new MonitoredDomain(test.stack, 'a', { address: 'a.test' })
    const before = new DataResource(test.stack, 'before')
    new DataResource(test.stack, 'after').node.addDependency(before)
    expect(test.resources('terraform_data').map(({ depends_on }) => depends_on)).toEqual([undefined, undefined])
  })

  it('can be referred to from another stack', () => {
    const domain = new MonitoredDomain(test.stack, 'a', { address: 'a.test', hostedDmarc: {} })
    const other = new TerraformStack(test.app, 'other')
    new TerraformOutput(other, 'target', { value: domain.cnames.dmarc?.value })
    test.app.synth()
    const written = readFileSync(join(test.app.outdir, 'stacks/other/cdk.tf.json'), 'utf8')
    expect(written).toMatch(/data\.terraform_remote_state\.[\w-]+\.outputs\./)
  })

  it('passes its provider on to what is made for it', () => {
    const provider = new DmarcreportProvider(test.stack, 'second', { alias: 'second' })
    const dns = new ProviderDns({ rfc2136: {} })
    new MonitoredDomain(test.stack, 'a', { address: 'a.test', hostedDmarc: {}, dns, provider })
    for (const type of [domainType, recordsType, verificationType]) {
      expect(test.resources(type), type).toMatchObject([{ provider: 'dmarcreport.second' }])
    }
  })

  it('may have the address of one that another provider manages', () => {
    const provider = new DmarcreportProvider(test.stack, 'second', { alias: 'second' })
    new MonitoredDomain(test.stack, 'a', { address: 'a.test' })
    new MonitoredDomain(test.stack, 'b', { address: 'a.test', provider })
    expect(test.faults()).toEqual([])
  })

  it('is recognised whichever copy of the package made it', () => {
    const domain = new MonitoredDomain(test.stack, 'a', { address: 'a.test' })
    expect(MonitoredDomain.isMonitoredDomain(domain)).toBe(true)
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    for (const other of [domain.resource, null, undefined, 'a.test', proxy]) {
      expect(MonitoredDomain.isMonitoredDomain(other)).toBe(false)
    }
  })
})

describe('what is wrong with a domain fails synthesis at its construct', () => {
  const declare = (props: object, id = 'bad') =>
    new MonitoredDomain(test.stack, id, { address: 'example.com', ...props } as never)

  it('fails for an address that is none, with the path of the construct', () => {
    declare({ address: 'exa mple.com', hostedDmarc: {}, dns: nowhere })
    expect(test.faults()).toEqual([expect.stringMatching(/^\[stack\/bad\] address: .*found `exa mple.com`, expected/)])
  })

  it('fails for one that is managed elsewhere too', () => {
    MonitoredDomain.fromAddress(test.stack, 'existing', 'exa mple.com')
    expect(test.faults()).toEqual([expect.stringMatching(/^\[stack\/existing\] address: .*found `exa mple.com`/)])
  })

  it('fails for a name too long to host, but not to monitor', () => {
    const address = `${'a'.repeat(60)}.`.repeat(4).concat('example')
    declare({ address }, 'monitored')
    expect(test.faults()).toEqual([])
    declare({ address: `b${address.slice(1)}`, hostedDmarc: {} })
    expect(test.faults()).toEqual([expect.stringContaining('can be monitored but not hosted')])
  })

  it('fails for the same address twice in a stack, however it is written', () => {
    declare({}, 'one')
    declare({ address: 'EXAMPLE.com.' }, 'two')
    declare({ account: 'other' }, 'three')
    expect(test.faults()).toEqual([
      expect.stringMatching(/\[stack\/two\] address: found example.com, which stack\/one/),
    ])
    new MonitoredDomain(new TerraformStack(test.app, 'another'), 'one', { address: 'example.com' })
    expect(test.faults()).toHaveLength(1)
  })

  it.each([
    [{ reports: ['tls'] }, 'reports: found ["tls"], expected aggregate, failure or both. Add "aggregate".'],
    [{ reports: ['aggregate', 'all'] }, 'reports: found "all", expected aggregate, failure or tls. Write one of them.'],
    [{ tags: ['a', 'a'] }, 'tags: found "a" twice, expected once. Remove one.'],
    [{ readyTimeout: 'soon' }, 'readyTimeout: found "soon", expected a number and a unit (s, m or h). Write "30m".'],
    [
      { hostedDmarc: { policy: 'rejct' } },
      'hostedDmarc.policy: found "rejct", expected none, quarantine or reject. Write one of them.',
    ],
  ])('fails for %j', (props, message) => {
    declare(props)
    expect(test.faults()).toEqual([`[stack/bad] ${message}`])
  })

  it.each<[object, string]>([
    [{ hostedDMARC: {} }, 'hostedDMARC: found a setting that does not exist, expected one of address, account'],
    [{ adress: 'a.test' }, 'Write address.'],
    [{ hostedDmarc: { p: 'reject' } }, 'hostedDmarc.p: found a setting that does not exist, expected one of policy'],
    [{ hostedDmarc: { p: 'reject' } }, 'Write policy.'],
    [{ hostedDmarc: { testMode: 'yes' } }, 'hostedDmarc.testMode: found "yes", expected true or false. Change it.'],
    [{ hostedDmarc: 'reject' }, 'hostedDmarc: found "reject", expected settings such as { policy: "none" }'],
    [{ hostedDmarc: { toString: 'x' } }, 'hostedDmarc.toString: found a setting that does not exist'],
    [{ hostedDmarc: null }, 'hostedDmarc: found null, expected settings such as'],
    [{ hostedMtaSts: { mode: 'enforce', mx: 'a' } }, 'hostedMtaSts.mx: found "a", expected a list. Change it.'],
    [{ hostedMtaSts: { mx: ['mx.test'] } }, 'hostedMtaSts.mode: found nothing, expected none, testing or enforce.'],
    [
      { hostedMtaSts: { fromCurrent: false } },
      'Write one of them, or fromCurrent: true to begin with the live policy.',
    ],
    [{ hostedMtaSts: { fromCurrent: 1 } }, 'hostedMtaSts.fromCurrent: found 1, expected true or false.'],
    [
      { hostedMtaSts: { fromCurrent: true, mode: 'testing', mx: [] } },
      'hostedMtaSts.mx: There is no mail host: found nothing, expected at least one.',
    ],
    [{ hostedMtaSts: { fromCurrent: true, maxAgeDays: 0 } }, 'hostedMtaSts.maxAgeDays'],
    [{ address: null }, 'props: found no address, expected one. Add address.'],
    [{ address: 7 }, 'address: found 7, expected a string. Change it.'],
    [{ tags: 'a' }, 'tags: found "a", expected a list. Change it.'],
    [{ tags: [7] }, 'tags[0]: found 7, expected a tag, or the name of one. Change it.'],
    [{ allowWeaker: '  ' }, 'allowWeaker: The reason is empty: '],
    [{ allowWeaker: true }, 'allowWeaker: found true, expected a string. Change it.'],
    [{ hostedDmarc: { fromCurrent: 'yes' } }, 'hostedDmarc.fromCurrent: found "yes", expected true or false.'],
    [
      { hostedDmarc: { fromCurrent: true, record: 'v=DMARC1; p=none' } },
      'hostedDmarc.record: found together with fromCurrent, expected alone.',
    ],
    [{ tags: [{ tagName: 7 }] }, 'tags[0]: found {"tagName":7}, expected a tag, or the name of one. Change it.'],
    [{ account: { accountId: 7 } }, 'account: found {"accountId":7}, expected an account'],
    [{ hostedDmarc: {}, dns: DnsTarget.custom(null as never) }, 'dns.custom: found null, expected a function'],
    [{ account: {} }, 'account: found {}, expected an account, or its id, slug or title. Change it.'],
    [{ dns: {} }, 'dns: found {}, expected a DNS target such as new ProviderDns({ rfc2136: {} }). Change it.'],
    [{ provider: 'aws' }, 'provider: found "aws", expected a provider of the stack. Change it.'],
  ])('reports what has no such prop or another type: %j', (props, message) => {
    declare(props)
    expect(test.faults()).toEqual([expect.stringContaining(message)])
  })

  it('fails for a former path that is none', () => {
    declare({}).movedFrom(undefined as never)
    expect(test.faults()).toEqual([
      expect.stringContaining('movedFrom: found an empty path, expected the former path.'),
    ])
  })

  it('tells every fault of every construct at once', () => {
    declare({ reports: [], hostedMtaSts: { mode: 'enforce', maxAgeDays: 0 } }, 'one')
    declare({ address: 'b.test', hostedDmarc: { extraRua: ['nobody'], spfAlignment: 'lax' } }, 'two')
    const starts = test.faults().map((fault) => fault.split(': ')[0])
    expect(starts).toEqual([
      '[stack/one] reports',
      '[stack/one] hostedMtaSts.mx',
      '[stack/one] hostedMtaSts.maxAgeDays',
      '[stack/two] hostedDmarc.spfAlignment',
      '[stack/two] hostedDmarc.extraRua[0]',
    ])
  })
})
