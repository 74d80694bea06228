import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Testing } from 'cdktn'
import { MailStack } from './stack.ts'

test('no domain can be deleted by deleting its line', () => {
  // With `true`, every check of the constructs runs, as in a synthesis.
  const { resource } = JSON.parse(Testing.synth(new MailStack(Testing.app(), 'mail'), true))
  const domains: { address: string; deletion_protection: boolean }[] = Object.values(resource.dmarcreport_domain ?? {})
  for (const domain of domains) assert.ok(domain.deletion_protection, domain.address)
})
