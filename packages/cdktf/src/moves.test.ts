import { beforeEach, describe, expect, it } from 'vitest'
import { type TestStack, testStack } from '../test/stack.ts'
import { Account } from './account.ts'
import { ProviderDns } from './dns/provider-dns.ts'
import { MonitoredDomain } from './domain/monitored-domain.ts'
import { DomainFleet } from './fleet/domain-fleet.ts'
import { Tag } from './tag.ts'

let test: TestStack
let before: TestStack
beforeEach(() => {
  test = testStack()
  before = testStack()
})

const hosted = { hostedDmarc: {}, dns: new ProviderDns({ rfc2136: {} }) }

/** The addresses of all resources of a stack. */
const addresses = ({ json }: TestStack) =>
  Object.entries(json().resource).flatMap(([type, all]) => Object.keys(all).map((name) => `${type}.${name}`))
const moved = () => (test.json() as { moved?: { from: string; to: string }[] }).moved ?? []

/** Checks that every resource that was there before is moved to one that is there now. */
function expectAllMoved(): void {
  expect(
    moved()
      .map(({ from }) => from)
      .sort(),
  ).toEqual(addresses(before).sort())
  expect(
    moved()
      .map(({ to }) => to)
      .sort(),
  ).toEqual(addresses(test).sort())
  expect(test.faults()).toEqual([])
}

describe('movedFrom', () => {
  it('keeps a domain that got another id, with its records and what waits for it', () => {
    new MonitoredDomain(before.stack, 'old', { address: 'a.test', ...hosted })
    new MonitoredDomain(test.stack, '1new', { address: 'a.test', ...hosted }).movedFrom('old')
    expect(moved()).toHaveLength(3)
    expectAllMoved()
  })

  it('keeps tags and accounts', () => {
    new Tag(before.stack, '1', { name: 'a' })
    new Account(before.stack, 'b', { title: 'B' })
    new Tag(test.stack, 'one', { name: 'a' }).movedFrom('1')
    new Account(test.stack, 'two', { title: 'B' }).movedFrom('b')
    expectAllMoved()
  })

  it('keeps a whole fleet', () => {
    const data = { tags: { x: '#111111' }, domains: [{ address: 'a.test', ...{ hostedDmarc: {} } }, 'b.test'] }
    new DomainFleet(before.stack, 'clients', { ...data, dns: hosted.dns })
    new DomainFleet(test.stack, 'customers', { ...data, dns: hosted.dns }).movedFrom('clients')
    expect(moved()).toHaveLength(5)
    expectAllMoved()
  })

  it('keeps a domain that came into a fleet', () => {
    new MonitoredDomain(before.stack, 'alone', { address: 'a.test', ...hosted })
    const fleet = new DomainFleet(test.stack, 'fleet', {
      dns: hosted.dns,
      domains: [{ address: 'a.test', hostedDmarc: {} }],
    })
    fleet.domain('a.test').movedFrom('alone')
    expectAllMoved()
  })

  it('keeps a domain that moved more than once, wherever its state still is', () => {
    const domain = new MonitoredDomain(test.stack, 'third', { address: 'a.test' })
    domain.movedFrom('first')
    domain.movedFrom('second')
    const [one, two] = moved()
    expect(one?.to).toBe(two?.from)
    expect(addresses(test)).toEqual([two?.to])
  })

  it('goes to the name that a resource was given', () => {
    const domain = new MonitoredDomain(test.stack, 'new', { address: 'a.test' })
    domain.movedFrom('old')
    domain.resource.overrideLogicalId('named')
    expect(moved().map(({ to }) => to)).toEqual(['dmarcreport_domain.named'])
  })

  it('fails for a path that says nothing, or where it is already', () => {
    const domain = new MonitoredDomain(test.stack, 'here', { address: 'a.test' })
    domain.movedFrom('')
    domain.movedFrom('here')
    expect(test.faults()).toEqual([
      expect.stringContaining('movedFrom: found an empty path, expected the former path.'),
      expect.stringContaining('movedFrom: found here, which is where it is now'),
    ])
  })
  it('warns of a path that begins with the stack, where paths begin below it', () => {
    const domain = new MonitoredDomain(test.stack, 'here', { address: 'a.test' })
    domain.movedFrom('stack/there')
    expect(domain.node.findChild('moves').node.metadata.map(({ data }) => data)).toContain(
      'movedFrom: found stack/there, which begins with the id of the stack, expected a path below the stack. Write there.',
    )
    const only = new MonitoredDomain(test.stack, 'other', { address: 'b.test' })
    only.movedFrom('stack')
    expect(JSON.stringify(only.node.findChild('moves').node.metadata)).not.toContain('begins with')
  })
})
