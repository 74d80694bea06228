// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of Terraform are what this is about.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type TestStack, testStack } from '../test/stack.ts'
import { Account, accountShapes } from './account.ts'
import { literalText } from './config.ts'
import { AzureDns, azureDnsShapes } from './dns/azure.ts'
import { CloudflareDns, cloudflareDnsShapes } from './dns/cloudflare.ts'
import { GoogleDns, googleDnsShapes } from './dns/google.ts'
import { ProviderDns } from './dns/provider-dns.ts'
import { Rfc2136Dns, rfc2136DnsShapes } from './dns/rfc2136.ts'
import { Route53Dns, route53DnsShapes } from './dns/route53.ts'
import type { DnsTarget } from './dns/target.ts'
import { existingDomainShapes } from './domain/imported-domain.ts'
import { domainShapes, MonitoredDomain } from './domain/monitored-domain.ts'
import { DomainFleet, type DomainFleetProps } from './fleet/domain-fleet.ts'
import { fleetShape } from './fleet/read-fleet.ts'
import { TerraformVariable, Token } from './framework.ts'
import { DmarcRollout, rolloutShapes } from './rollout/dmarc-rollout.ts'
import type { Shape } from './shape.ts'
import { Tag, tagShapes } from './tag.ts'

let test: TestStack
beforeEach(() => {
  test = testStack()
})

/** Text that Terraform would execute, and that says where it was put. */
const hostile = (path: string) => `\${file("${path}")} %{ if true }$\${x}%{ endif }`

/** A value of a shape with hostile text wherever there may be text. */
function fill(shape: Shape, path: string): unknown {
  if (shape === 'text' || shape === 'name' || shape === 'secret') return hostile(path)
  if (shape === 'boolean') return true
  if (shape === 'number') return 1
  // What only a program can make is no text.
  if ('is' in shape) return undefined
  if ('oneOf' in shape) return fill(shape.oneOf.find((one) => typeof one === 'string' || !('is' in one)) ?? shape, path)
  if ('list' in shape) return [fill(shape.list, `${path}[]`)].filter((one) => one !== undefined)
  if ('map' in shape) return { [hostile(`${path}/KEY`)]: fill(shape.map, `${path}/*`) }
  return fillAll(shape.fields, path)
}

const fillAll = (shapes: Readonly<Record<string, Shape>>, path: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(shapes)
      .map(([name, shape]) => [name, fill(shape, `${path}/${name}`)] as const)
      .filter(([, value]) => value !== undefined),
  )

/** Every text of the stack that Terraform reads, names included. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value).filter(([name]) => name !== '//')
  return entries.flatMap(([name, one]) => [...(Array.isArray(value) ? [] : [name]), ...texts(one)])
}

/** Checks that nothing of what was put in is executed. Answers where it was put and arrived, escaped. */
function arrived(): string[] {
  const all = texts(test.json())
  const executed = all.filter((text) => /(?<!\$)\$\{file|(?<!%)%\{/.test(text))
  expect(executed).toEqual([])
  const places = all.flatMap((text) => [...text.matchAll(/\$\$\{file\("(.*?)"\)\}/g)].map(([, path = '']) => path))
  return [...new Set(places)].sort()
}

const domain = { address: 'example.com', hostedDmarc: {} }
const declare = (dns: DnsTarget) => new MonitoredDomain(test.stack, 'example', { ...domain, dns })

describe('template syntax in text is text', () => {
  it('in the props of a domain, a tag, an account and a domain managed elsewhere', () => {
    const existing = fillAll(existingDomainShapes, 'existing')
    new MonitoredDomain(test.stack, 'domain', fillAll(domainShapes, 'domain') as never)
    new Tag(test.stack, 'tag', fillAll(tagShapes, 'tag') as never)
    new Account(test.stack, 'account', fillAll(accountShapes, 'account') as never)
    MonitoredDomain.fromAddress(test.stack, 'existing', existing.address as string, existing)
    expect(arrived()).toEqual(
      [
        'account/title',
        'domain/acceptRisk',
        'domain/account',
        'domain/address',
        'domain/allowWeaker',
        'domain/retireAfter',
        ...['dkimAlignment', 'extraRua[]', 'extraRuf[]', 'failureOptions', 'nonexistentSubdomainPolicy', 'policy'].map(
          (name) => `domain/hostedDmarc/${name}`,
        ),
        ...['gate', 'record', 'spfAlignment', 'subdomainPolicy'].map((name) => `domain/hostedDmarc/${name}`),
        'domain/hostedMtaSts/gate',
        'domain/hostedMtaSts/mode',
        'domain/hostedMtaSts/mx[]',
        'domain/tags[]',
        'existing/account',
        'existing/address',
        'domain/readyTimeout',
        'tag/color',
        'tag/name',
      ].sort(),
    )
  })

  it('in a time limit, an id and an import', () => {
    const readyTimeout = hostile('timeout')
    const waits = new MonitoredDomain(test.stack, hostile('id'), { ...domain, readyTimeout, waitUntilReady: true })
    waits.importFrom(hostile('import'))
    new Tag(test.stack, 'named').importFrom(hostile('tag import'))
    expect(arrived()).toEqual(['import', 'tag import', 'timeout'])
  })

  it.each<[string, () => DnsTarget, string[]]>([
    [
      'Route 53',
      () => new Route53Dns({ ...fillAll(route53DnsShapes, ''), zoneName: undefined, zones: undefined } as never),
      ['/zoneId'],
    ],
    [
      'Cloudflare',
      () => new CloudflareDns({ ...fillAll(cloudflareDnsShapes, ''), zoneName: undefined, zones: undefined } as never),
      ['/zoneId'],
    ],
    [
      'Google',
      () => new GoogleDns({ ...fillAll(googleDnsShapes, ''), zones: undefined } as never),
      ['/managedZone', '/project'],
    ],
    [
      'Azure',
      () => new AzureDns({ ...fillAll(azureDnsShapes, ''), zoneNames: ['example.com'] } as never),
      ['/resourceGroupName'],
    ],
    ['RFC 2136', () => new Rfc2136Dns({ ...fillAll(rfc2136DnsShapes, ''), zoneNames: ['com'] } as never), []],
    [
      'our own provider',
      () => new ProviderDns({ powerdns: { url: hostile('url'), apiKey: hostile('key'), serverId: hostile('id') } }),
      ['id', 'key', 'url'],
    ],
  ])('in the props of a DNS target: %s', (_, target, places) => {
    declare(target())
    expect(arrived()).toEqual(places)
  })

  it('in the settings of a rollout', () => {
    const { settings } = fillAll(rolloutShapes, 'rollout')
    const hostedDmarc = new DmarcRollout(test.stack, 'rollout', {
      stages: [{ stage: 'none' }],
      settings: settings as never,
    })
    new MonitoredDomain(test.stack, 'example', { ...domain, hostedDmarc })
    expect(arrived()).toContain('rollout/settings/failureOptions')
  })

  /** A fleet of hostile text, but for the addresses: others make no domain. */
  function hostileFleet(): DomainFleetProps {
    const filled = fillAll(fleetShape.fields, 'fleet') as unknown as DomainFleetProps
    const shape = fleetShape.fields.domains as unknown as {
      list: { oneOf: [unknown, { fields: Record<string, Shape> }] }
    }
    const settings = fillAll(shape.list.oneOf[1].fields, 'fleet/domains[]')
    const unnamed = { rollout: undefined, dns: undefined, groups: undefined }
    return {
      ...filled,
      defaults: { ...filled.defaults, ...unnamed },
      groups: {},
      domains: [{ address: 'a.test' }, { ...settings, ...unnamed, address: 'b.test' }],
    } as DomainFleetProps
  }
  const inFleet = [
    'fleet/defaults/account',
    'fleet/defaults/hostedDmarc/policy',
    'fleet/defaults/hostedMtaSts/mx[]',
    'fleet/defaults/tags[]',
    'fleet/domains[]/account',
    'fleet/domains[]/hostedDmarc/record',
    'fleet/domains[]/hostedMtaSts/mode',
    'fleet/domains[]/tags[]',
    'fleet/tags/*',
    'fleet/tags/KEY',
  ]

  it('in the data of a fleet', () => {
    new DomainFleet(test.stack, 'fleet', hostileFleet()).importExisting()
    expect(arrived()).toEqual(expect.arrayContaining(inFleet))
  })

  describe('in a file', () => {
    const read = (name: string, text: string) => {
      const folder = mkdtempSync(join(tmpdir(), 'fleet-'))
      try {
        writeFileSync(join(folder, name), text)
        return DomainFleet.fromFile(test.stack, 'fleet', join(folder, name))
      } finally {
        rmSync(folder, { recursive: true })
      }
    }

    it('is escaped in JSON and in YAML', () => {
      read('fleet.json', JSON.stringify(hostileFleet())).importExisting()
      expect(arrived()).toEqual(expect.arrayContaining(inFleet))
    })

    it('is escaped in CSV', () => {
      const quoted = `"${hostile('csv').replaceAll('"', '""')}"`
      read('fleet.csv', `address,tags,account,hostedDmarc.failureOptions\na.test,${quoted},${quoted},${quoted}\n`)
      expect(arrived()).toEqual(['csv'])
    })

    it('cannot refer to a value of the program, whatever form the reference has', () => {
      const secret = new TerraformVariable(test.stack, 'secret', { sensitive: true })
      const number = Token.asNumber(secret.numberValue)
      const [list = ''] = secret.listValue
      const tokens = [secret.stringValue, String(number), list, `x ${number} y`]
      const domains = tokens.map((token, index) => ({ address: `${index}.test`, tags: [token] }))
      const fleet = read(
        'fleet.json',
        JSON.stringify({ domains: [...domains, { address: 'n.test', readyTimeout: number }] }),
      )
      expect(test.faults()).toEqual(
        [0, 1, 2, 3, 4].map((index) =>
          expect.stringMatching(new RegExp(`domains\\[${index}\\]\\..*which refers to a value of the program`)),
        ),
      )
      expect(fleet.domains.size).toBe(0)
      expect(JSON.stringify(test.json().resource ?? {})).not.toContain('var.secret')
    })
  })

  it('beside references, which stay what they are', () => {
    const name = new TerraformVariable(test.stack, 'name', { type: 'string' }).stringValue
    new Tag(test.stack, 'tag', { name: `\${literal} ${name} %{x}` })
    expect(test.resources('dmarcreport_tag')).toEqual([{ name: '$${literal} ${var.name} %%{x}' }])
  })

  it('also where it looks escaped already', () => {
    expect(literalText('$${a} %%{b} $$${c} $ { % {')).toBe('$$${a} %%%{b} $$$${c} $ { % {')
  })
})
