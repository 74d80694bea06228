import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Testing } from 'cdktn'
import { MailStack } from './stack.ts'

interface Record {
  name: string
  zone_id: string
}

// With `true`, every check of the constructs and every rule runs, as in a synthesis.
const { resource, data } = JSON.parse(Testing.synth(new MailStack(Testing.app(), 'mail'), true))

test('each record goes into the zone of its own domain', () => {
  const zones: [string, { name: string }][] = Object.entries(data.aws_route53_zone)
  const records: Record[] = Object.values(resource.aws_route53_record)
  assert.equal(records.length, 9)
  for (const { name, zone_id } of records) {
    const [, zone] = zones.find(([id]) => zone_id.includes(`.${id}.`)) ?? []
    assert.ok(zone && name.endsWith(`.${zone.name}`), `${name} in ${zone?.name}`)
  }
})

test('nothing is deployed before its records are live', () => {
  assert.equal(Object.keys(resource.dmarcreport_domain_verification).length, 3)
})
