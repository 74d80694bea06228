import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Testing } from 'cdktn'
import { MailStack } from './stack.ts'

// With `true`, every check of the constructs and every rule runs, as in a synthesis.
const synth = () => JSON.parse(Testing.synth(new MailStack(Testing.app(), 'mail'), true))

test('every domain is hosted, and protected from deletion', () => {
  const domains: { deletion_protection: boolean; hosted_dmarc?: object }[] = Object.values(
    synth().resource.dmarcreport_domain,
  )
  assert.notEqual(domains.length, 0)
  for (const domain of domains) assert.ok(domain.deletion_protection && domain.hosted_dmarc)
})

test('the state is in the bucket that the environment names, encrypted and with a lock', () => {
  Object.assign(process.env, { STATE_BUCKET: 'states', STATE_REGION: 'eu-central-1' })
  assert.deepEqual(synth().terraform.backend, {
    s3: { bucket: 'states', key: 'mail-domains.tfstate', region: 'eu-central-1', encrypt: true, use_lockfile: true },
  })
})
