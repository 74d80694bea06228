import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestStack, testStack } from '../../test/stack.ts'
import { ProviderDns } from '../dns/provider-dns.ts'
import { DnsTarget } from '../dns/target.ts'
import { DmarcRollout } from '../rollout/dmarc-rollout.ts'
import { DomainFleet, type DomainFleetProps } from './domain-fleet.ts'

let test: TestStack
let folder: string
beforeEach(async () => {
  test = testStack()
  folder = await mkdtemp(join(tmpdir(), 'fleet-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const fleet = (props: DomainFleetProps) => new DomainFleet(test.stack, 'fleet', props)
const byAddress = (type = 'dmarcreport_domain') =>
  Object.fromEntries(test.resources(type).map((resource) => [resource.address, resource]))
const published: string[] = []
const spy = (name: string) => DnsTarget.custom((record) => void published.push(`${record.name} in ${name}`))

describe('a fleet of domains', () => {
  it('says of each domain what defaults, groups and the domain itself say, the nearest last', () => {
    fleet({
      defaults: { hostedDmarc: { policy: 'none', failureOptions: '1' }, tags: ['all'] },
      groups: {
        mail: { hostedMtaSts: { mode: 'testing', mx: ['mx.test'] }, tags: ['mail'] },
        strict: { hostedDmarc: { policy: 'quarantine' } },
      },
      domains: [
        { address: 'a.test' },
        { address: 'b.test', groups: ['mail', 'strict'] },
        { address: 'c.test', groups: ['mail'], hostedMtaSts: { mode: 'enforce' } as never, hostedDmarc: null },
        { address: 'd.test', groups: ['mail'], hostedMtaSts: null, tags: [] },
      ],
    })
    const domains = byAddress()
    expect(domains['a.test']).toMatchObject({ hosted_dmarc: { policy: 'none', failure_options: '1' }, tags: ['all'] })
    expect(domains['b.test']).toMatchObject({
      hosted_dmarc: { policy: 'quarantine', failure_options: '1' },
      hosted_mta_sts: { mode: 'testing', mx: ['mx.test'] },
      tags: ['mail'],
    })
    expect(domains['c.test']).toMatchObject({ hosted_mta_sts: { mode: 'enforce', mx: ['mx.test'] } })
    expect(domains['c.test']).not.toHaveProperty('hosted_dmarc')
    expect(domains['d.test']).not.toHaveProperty('hosted_mta_sts')
    expect(domains['d.test']?.tags).toEqual([])
  })

  it('warns of no domains, where they would be', async () => {
    const warning = 'found none, expected at least one. Add the domains: the plan deletes those that were there before'
    const warnings = ({ node }: DomainFleet) => node.metadata.map(({ data }) => data)
    expect(warnings(fleet({ domains: [] }))).toEqual([expect.stringContaining(`domains: ${warning}`)])
    const files = {
      'a.csv': 'address,tags\n,\n',
      'b.yaml': 'tags: {}\ndomains: []\n',
      'c.json': '[]',
    }
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const fromFile = (name: string) => warnings(DomainFleet.fromFile(test.stack, name.charAt(0), join(folder, name)))
    expect(fromFile('a.csv')).toEqual([expect.stringContaining(`a.csv:1:1 domains: ${warning}`)])
    expect(fromFile('b.yaml')).toEqual([expect.stringContaining(`b.yaml:2:10 domains: ${warning}`)])
    expect(fromFile('c.json')).toEqual([expect.stringContaining(`c.json:1:1 domains: ${warning}`)])
    expect(test.faults()).toEqual([])
  })

  it('warns of no domains only where the data is readable', () => {
    const { node } = fleet({ domains: 'none' as never })
    expect(node.metadata).toEqual([])
    expect(test.faults()).toEqual([expect.stringContaining('domains: found "none"')])
  })

  it('takes a whole record in the place of what was inherited, and nothing for null', () => {
    const record = 'v=DMARC1; p=reject'
    fleet({
      defaults: { hostedDmarc: { policy: 'none', failureOptions: '1' } },
      domains: [
        { address: 'a.test', hostedDmarc: { record } },
        { address: 'b.test', hostedDmarc: { policy: 'reject', record: null as never } },
        { address: 'c.test', groups: null, hostedDmarc: undefined as never },
        { address: 'd.test', hostedMtaSts: { mode: 'enforce', mx: null as never } },
      ],
    })
    const domains = byAddress()
    expect(domains['a.test']?.hosted_dmarc).toEqual({ record })
    expect(domains['b.test']?.hosted_dmarc).toEqual({ policy: 'reject', failure_options: '1' })
    expect(domains['c.test']?.hosted_dmarc).toEqual({ policy: 'none', failure_options: '1' })
    expect(test.faults()).toEqual([expect.stringContaining('[stack/fleet] domains[3].hostedMtaSts.mx: ')])
  })

  it('takes undefined for not given, and what objects inherit for nothing', () => {
    fleet({
      dns: {},
      defaults: { hostedDmarc: { policy: 'reject', failureOptions: '1' }, tags: undefined },
      domains: [{ address: 'a.test', hostedDmarc: { policy: undefined, extraRua: undefined }, tags: undefined }],
    })
    expect(byAddress()['a.test']?.hosted_dmarc).toEqual({ policy: 'reject', failure_options: '1' })
    expect(test.faults()).toEqual([])
    const names = { groups: ['constructor'], dns: 'toString', rollout: 'valueOf', tags: ['hasOwnProperty'] }
    new DomainFleet(test.stack, 'inherited', { dns: {}, rollouts: {}, domains: [{ address: 'b.test', ...names }] })
    expect(test.faults()).toEqual(
      ['groups[0]', 'rollout', 'dns'].map((name) => expect.stringContaining(`domains[0].${name}: found the `)),
    )
  })

  it('is deployed the same whatever the order of its data', () => {
    const domains = ['c.test', 'a.test', 'b.test'].map((address) => ({ address, groups: ['g'] }))
    const groups = { g: { hostedDmarc: {} } }
    const other = testStack()
    fleet({ domains, groups, tags: { x: '#111111', y: '#222222' } })
    new DomainFleet(other.stack, 'fleet', {
      tags: { y: '#222222', x: '#111111' },
      groups,
      domains: domains.toReversed(),
    })
    expect(JSON.stringify(test.json())).toBe(JSON.stringify(other.json()))
  })

  it('protects its domains from deletion, unless the nearest layer says otherwise', () => {
    fleet({
      groups: { loose: { deletionProtection: false } },
      domains: [
        'a.test',
        { address: 'b.test', groups: ['loose'] },
        { address: 'c.test', groups: ['loose'], deletionProtection: true },
        { address: 'd.test', groups: ['loose'], deletionProtection: null },
        { address: 'e.test', deletionProtection: undefined },
      ],
    })
    const protection = test.resources('dmarcreport_domain').map((domain) => domain.deletion_protection)
    expect(protection).toEqual([true, false, true, true, true])
  })

  it.each([null, undefined, 7])('reports the missing domains where its props are %s', (props) => {
    fleet(props as never)
    expect(test.faults()).toEqual([expect.stringContaining('the fleet: found no domains, expected one. Add domains.')])
  })

  it('names the file of which aliases multiply without end', async () => {
    const letters = ['a', 'b', 'c', 'd', 'e', 'f']
    const lines = letters.map((name, index) => {
      const before = letters[index - 1]
      return `${name}: &${name} [${Array(9)
        .fill(before === undefined ? 'x' : `*${before}`)
        .join()}]`
    })
    const path = join(folder, 'bomb.yaml')
    await writeFile(path, `${lines.join('\n')}\ndomains: *f\n`)
    expect(() => DomainFleet.fromFile(test.stack, 'bomb', path)).toThrow(
      `${path} cannot be read: Excessive alias count`,
    )
  })

  it('routes each domain to its DNS service', () => {
    const dns = { left: spy('left'), right: spy('right') }
    published.length = 0
    fleet({
      dns,
      defaults: { dns: 'left', hostedDmarc: {} },
      domains: [{ address: 'a.test' }, { address: 'b.test', dns: 'right' }, { address: 'c.test', dns: null }],
    })
    expect(published).toEqual(['_dmarc.a.test in left', '_dmarc.b.test in right'])
  })

  it('gives every domain the one target there is', () => {
    fleet({ dns: new ProviderDns({ rfc2136: {} }), defaults: { hostedDmarc: {} }, domains: [{ address: 'a.test' }] })
    expect(test.resources('dmarcreport_dns_records')).toHaveLength(1)
  })

  it('makes the tags it declares, and refers to them', () => {
    fleet({ tags: { own: '#10B981' }, domains: [{ address: 'a.test', tags: ['own', 'other'] }] })
    expect(test.resources('dmarcreport_tag')).toEqual([{ name: 'own', color: '#10B981' }])
    expect(byAddress()['a.test']?.tags).toEqual([expect.stringContaining('${dmarcreport_tag.'), 'other'])
  })

  it('takes rollouts by name; the nearest of rollout and hostedDmarc counts', () => {
    const careful = new DmarcRollout(test.stack, 'careful', { stages: [{ stage: 'quarantine-test' }] })
    fleet({
      rollouts: { careful },
      defaults: { hostedDmarc: { policy: 'none' } },
      groups: { g: { rollout: 'careful' } },
      domains: [
        { address: 'a.test', groups: ['g'] },
        { address: 'b.test', groups: ['g'], hostedDmarc: { policy: 'reject' } },
      ],
    })
    expect(byAddress()['a.test']).toMatchObject({ hosted_dmarc: { policy: 'quarantine', test_mode: true } })
    expect(byAddress()['b.test']).toMatchObject({ hosted_dmarc: { policy: 'reject' } })
    expect(test.faults()).toEqual([])
  })

  it('fails where settings without a policy would take the place of a rollout', () => {
    const careful = new DmarcRollout(test.stack, 'careful', { stages: [{ stage: 'quarantine-test' }] })
    const hostedDmarc = { extraRua: ['dmarc@a.test'] }
    fleet({
      rollouts: { careful },
      defaults: { hostedDmarc: { policy: 'none' } },
      groups: { g: { rollout: 'careful' } },
      domains: [
        { address: 'a.test', groups: ['g'], hostedDmarc },
        { address: 'b.test', groups: ['g'], hostedDmarc: { ...hostedDmarc, policy: 'reject' } },
        { address: 'c.test', groups: ['g'], rollout: null, hostedDmarc },
        { address: 'd.test', rollout: 'careful', hostedDmarc },
      ],
    })
    const fault = 'found hostedDmarc, and the rollout "careful" that sets the policy, expected one of them.'
    expect(test.faults()).toEqual([0, 3].map((index) => expect.stringContaining(`domains[${index}]: ${fault}`)))
  })

  it('finds a domain by its address in any spelling', () => {
    const made = fleet({ domains: [{ address: 'Bücher.example' }] })
    expect(made.domain('xn--bcher-kva.example')).toBe(made.domain('bücher.example.'))
    expect(() => made.domain('other.example')).toThrow('stack/fleet: found no domain other.example')
  })

  it.each<[string, object]>([
    ['domains: found {}, expected a list', { domains: {} }],
    ['the fleet: found no domains, expected one', {}],
    ['domains[0]: found no address, expected one. Add address.', { domains: [{ address: null }] }],
    ['domains[0].address: ', { domains: [{ address: 'not a domain' }] }],
    [
      'domains[1].address: found A.test again after domains[0]',
      { domains: [{ address: 'a.test' }, { address: 'A.test' }] },
    ],
    [
      'domains[0].hosted_dmarc: found a setting that does not exist',
      { domains: [{ address: 'a.test', hosted_dmarc: {} }] },
    ],
    ['domains[0].parked: found "yes", expected true or false', { domains: [{ address: 'a.test', parked: 'yes' }] }],
    [
      'domains[0].groups[0]: found the group "x", expected y',
      { groups: { y: {} }, domains: [{ address: 'a.test', groups: ['x'] }] },
    ],
    [
      'domains[0].dns: found the DNS target "x", expected no DNS target at all',
      { domains: [{ address: 'a.test', dns: 'x' }] },
    ],
    ['domains[0].rollout: found the rollout "x"', { domains: [{ address: 'a.test', rollout: 'x' }] }],
    [
      'defaults.hostedMtaSts.mx: found "mx.test", expected a list',
      { defaults: { hostedMtaSts: { mx: 'mx.test' } }, domains: [] },
    ],
  ])('fails: %s', (message, props) => {
    fleet(props as DomainFleetProps)
    expect(test.faults()).toEqual([expect.stringContaining(`[stack/fleet] ${message}`)])
  })
})

describe('a fleet in a file', () => {
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }

  it('is the same in YAML and in JSON', async () => {
    const yaml = await file(
      'domains.yaml',
      'defaults: { hostedDmarc: { policy: reject } }\ndomains:\n  - address: a.test\n',
    )
    const json = await file(
      'domains.json',
      JSON.stringify({ defaults: { hostedDmarc: { policy: 'reject' } }, domains: [{ address: 'a.test' }] }),
    )
    const other = testStack()
    DomainFleet.fromFile(test.stack, 'fleet', yaml)
    DomainFleet.fromFile(other.stack, 'fleet', json)
    expect(test.json()).toEqual(other.json())
    expect(byAddress()['a.test']).toMatchObject({ hosted_dmarc: { policy: 'reject' } })
  })

  it('may be a bare list of domains', async () => {
    DomainFleet.fromFile(test.stack, 'fleet', await file('domains.json', '[{ "address": "a.test" }]'))
    expect(Object.keys(byAddress())).toEqual(['a.test'])
    const wrong = await file('wrong.yaml', '- address: b.test\n- adress: c.test\n')
    DomainFleet.fromFile(test.stack, 'wrong', wrong)
    expect(test.faults()).toEqual([
      expect.stringContaining('[stack/wrong] wrong.yaml:2:3 domains[1]: found no address'),
      expect.stringContaining('[stack/wrong] wrong.yaml:2:11 domains[1].adress: found a setting that does not exist'),
    ])
  })

  it('may be names alone', async () => {
    DomainFleet.fromFile(test.stack, 'one', await file('names.yaml', '- a.test\n- b.test\n'))
    const mixed = 'defaults: { hostedDmarc: {} }\ndomains:\n  - c.test\n  - { address: d.test, hostedDmarc: null }\n'
    DomainFleet.fromFile(test.stack, 'two', await file('mixed.yaml', mixed))
    expect(Object.keys(byAddress())).toEqual(['a.test', 'b.test', 'c.test', 'd.test'])
    expect(byAddress()['c.test']).toHaveProperty('hosted_dmarc')
    expect(byAddress()['d.test']).not.toHaveProperty('hosted_dmarc')
  })

  it('may use the merge keys of YAML', async () => {
    const text = `
groups:
  base: &base { hostedDmarc: { policy: quarantine }, tags: [base] }
domains:
  - { <<: *base, address: a.test, tags: [own] }
`
    DomainFleet.fromFile(test.stack, 'fleet', await file('domains.yaml', text))
    expect(byAddress()['a.test']).toMatchObject({ hosted_dmarc: { policy: 'quarantine' }, tags: ['own'] })
    expect(test.faults()).toEqual([])
  })

  it('may be a table', async () => {
    const table = [
      'address,tags,parked,hostedDmarc.policy,hostedMtaSts.mode,hostedMtaSts.mx,hostedMtaSts.maxAgeDays',
      'a.test,one; two,,reject,testing,mx1.test;mx2.test,30',
      '"b.test",,TRUE,,,,',
      '',
    ]
    DomainFleet.fromFile(test.stack, 'fleet', await file('domains.csv', `\uFEFF${table.join('\r\n')}`))
    expect(test.faults()).toEqual([])
    expect(byAddress()).toMatchObject({
      'a.test': {
        tags: ['one', 'two'],
        hosted_dmarc: { policy: 'reject' },
        hosted_mta_sts: { mode: 'testing', mx: ['mx1.test', 'mx2.test'], max_age_days: 30 },
      },
      'b.test': { parked: true },
    })
    expect(byAddress()['b.test']).not.toHaveProperty('hosted_dmarc')
  })

  it('fails with the cell of what is wrong in a table', async () => {
    const table = 'address,parked\na.test,perhaps\n'
    DomainFleet.fromFile(test.stack, 'fleet', await file('domains.csv', table))
    expect(test.faults()).toEqual([
      expect.stringContaining('domains.csv:2:8 domains[0].parked: found "perhaps", expected true or false'),
    ])
  })

  it.each([
    ['address,polcy', 'domains.csv:1:9 polcy: found a setting that does not exist, expected one of account, '],
    ['address,hostedDmarc.p', 'domains.csv:1:9 hostedDmarc.p: found a setting that does not exist'],
    ['address,tags,address', 'domains.csv:1:14 found address beside address, expected each setting once. Remove one.'],
    [
      'hostedDmarc.policy,address,hostedDmarc',
      'domains.csv:1:28 found hostedDmarc beside hostedDmarc.policy, expected',
    ],
    ['address;tags', 'domains.csv:1:1 address;tags: found a setting that does not exist'],
  ])('cannot be read, once and not for each row, with the columns %s', async (header, fault) => {
    const path = await file('domains.csv', `${header}\na.test,x,y\nb.test,x,y\n`)
    expect(() => DomainFleet.fromFile(test.stack, 'fleet', path)).toThrow(fault)
  })

  it('fails once, at the anchor, for what merge keys bring into several domains', async () => {
    const text = `groups:
  weak: &weak
    hostedDmarc: { policy: rejct }
  both: &both
    <<: *weak
domains:
  - { <<: *weak, address: a.test }
  - { <<: [*both], address: b.test }
`
    DomainFleet.fromFile(test.stack, 'fleet', await file('domains.yaml', text))
    expect(test.faults()).toEqual([
      expect.stringContaining('[stack/fleet] domains.yaml:3:28 domains[0].hostedDmarc.policy: found "rejct"'),
    ])
  })

  it('fails once, with the line, for a value that many domains inherit', async () => {
    const text = `defaults:
  hostedDmarc:
    policy: rejct
groups:
  mail:
    hostedMtaSts: { mode: enforce, mx: ["not a host"] }
domains:
  - { address: a.test, groups: [mail] }
  - { address: b.test, groups: [mail] }
  - { address: c.test, readyTimeout: soon }
`
    DomainFleet.fromFile(test.stack, 'fleet', await file('domains.yaml', text))
    expect(test.faults()).toEqual([
      expect.stringContaining('[stack/fleet] domains.yaml:3:13 defaults.hostedDmarc.policy: found "rejct"'),
      expect.stringContaining('[stack/fleet] domains.yaml:6:40 groups.mail.hostedMtaSts.mx'),
      expect.stringContaining('[stack/fleet] domains.yaml:10:38 domains[2].readyTimeout: found "soon"'),
    ])
  })

  it('fails with the line of what is wrong', async () => {
    DomainFleet.fromFile(
      test.stack,
      'fleet',
      await file('domains.yaml', 'domains:\n  - address: a.test\n    colour: red\n'),
    )
    expect(test.faults()).toEqual([
      expect.stringMatching(
        /^\[stack\/fleet\] domains\.yaml:3:13 domains\[0\]\.colour: found a setting that does not exist/,
      ),
    ])
  })

  it('fails at once for a file that cannot be read', async () => {
    const text = await file('text.yaml', 'a.test')
    expect(() => DomainFleet.fromFile(test.stack, 'text', text)).toThrow('found "a.test", expected a fleet, or a list')
    const path = await file('domains.yaml', 'domains: [')
    expect(() => DomainFleet.fromFile(test.stack, 'fleet', path)).toThrow(`${path} cannot be read:`)
    expect(() => DomainFleet.fromFile(test.stack, 'other', join(folder, 'none.yaml'))).toThrow('ENOENT')
  })
})
