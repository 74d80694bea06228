import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Testing } from 'cdktn'
import { FleetStack } from './stack.ts'

interface Domain {
  address: string
  parked: boolean
  deletion_protection: boolean
  hosted_dmarc: { policy: string }
}

// With `true`, every check of the constructs runs, as in a synthesis.
const { resource } = JSON.parse(Testing.synth(new FleetStack(Testing.app(), 'fleet'), true))
const domains: Domain[] = Object.values(resource.dmarcreport_domain)

test('every client has a domain, and none can be deleted by deleting its line', () => {
  assert.equal(domains.length, 60)
  assert.deepEqual(
    domains.filter((domain) => !domain.deletion_protection),
    [],
  )
})

test('a domain without mail rejects everything', () => {
  const parked = domains.filter((domain) => domain.parked)
  assert.notEqual(parked.length, 0)
  for (const { address, hosted_dmarc } of parked) assert.equal(hosted_dmarc.policy, 'reject', address)
})

test('each DNS service gets its own domains', () => {
  const names = Object.values(resource.aws_route53_record).map((record) => (record as { name: string }).name)
  assert.notEqual(names.length, 0)
  assert.deepEqual(
    names.filter((name) => !name.endsWith('.aws.test')),
    [],
  )
})
