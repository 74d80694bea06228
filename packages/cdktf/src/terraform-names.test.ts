import { beforeEach, describe, expect, it } from 'vitest'
import { type TestStack, testStack } from '../test/stack.ts'
import { DnsTarget } from './dns/target.ts'
import { MonitoredDomain } from './domain/monitored-domain.ts'
import { DataResource } from './framework.ts'

let test: TestStack
beforeEach(() => {
  test = testStack()
})

const names = (type: string) => Object.keys(test.json().resource[type] ?? {})
const hosted = { address: '1.test', hostedDmarc: {} }

describe("Terraform's names", () => {
  it('stay as the framework makes them where they are valid: they are addresses in states', () => {
    new MonitoredDomain(test.stack, 'shop 24', { address: '24.test' })
    expect(names('dmarcreport_domain')).toEqual(['shop24_1C924B72'])
  })

  it('get an underscore where the id begins with something else, also of a record that a target makes', () => {
    const dns = DnsTarget.custom(({ key }, scope) => new DataResource(scope, key, {}))
    new MonitoredDomain(test.stack, '1', { ...hosted, dns })
    const [domain] = names('dmarcreport_domain')
    expect(domain).toMatch(/^_1_[0-9A-F]{8}$/)
    expect(names('terraform_data')).toEqual([expect.stringMatching(/^_1_dns_dmarc_[0-9A-F]{8}$/)])
    expect(test.resources('dmarcreport_domain_verification')).toMatchObject([
      { domain_id: `\${dmarcreport_domain.${domain}.id}`, depends_on: [`terraform_data.${names('terraform_data')}`] },
    ])
  })

  it('begin with an underscore too where they are of what looks records up', () => {
    const dns = DnsTarget.custom(({ key }, scope) => new DataResource(scope, key, {}))
    new MonitoredDomain(test.stack, '1', { ...hosted, dns })
    const { data, check } = test.json() as unknown as Record<string, Record<string, object>>
    expect(Object.keys(data?.dmarcreport_dns_lookup ?? {})).toEqual([
      expect.stringMatching(/^_1_dns_now-dmarc_lookup_/),
    ])
    expect(Object.keys(check ?? {})).toEqual([expect.stringMatching(/^_1_dns_now-dmarc_check_/)])
    expect(test.faults()).toEqual([])
  })

  it('may be given by hand, before or after', () => {
    const dns = DnsTarget.custom(({ key }, scope) => {
      const made = new DataResource(scope, key, {})
      made.overrideLogicalId('own')
      return made
    })
    new MonitoredDomain(test.stack, '1', { ...hosted, dns })
    const plain = new MonitoredDomain(test.stack, '2', { address: '2.test' })
    plain.resource.overrideLogicalId('two')
    expect(names('terraform_data')).toEqual(['own'])
    expect(names('dmarcreport_domain')).toContain('two')
  })

  it('fail the synthesis where a target referred to an invalid one before', () => {
    const dns = DnsTarget.custom(({ key }, scope) => {
      const made = new DataResource(scope, key, {})
      expect(made.fqn).toBeDefined()
      return made
    })
    new MonitoredDomain(test.stack, '1', { ...hosted, dns })
    expect(test.faults()).toEqual([
      expect.stringMatching(
        /^\[stack\/1\/dns\/dmarc\] found the Terraform name 1_dns_dmarc_\w+, expected one that begins/,
      ),
    ])
  })
  it('fail the synthesis where two resources share one, which would delete the first', () => {
    for (const id of ['a', 'b']) {
      const domain = new MonitoredDomain(test.stack, id, { address: `${id}.test` })
      domain.resource.overrideLogicalId('mail')
    }
    expect(test.faults()).toEqual([
      '[stack] found the Terraform name dmarcreport_domain.mail for stack/a/Resource and stack/b/Resource, expected a name for ' +
        'each. Give one of them another with overrideLogicalId.',
    ])
  })
})
