import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Testing } from 'cdktn'
import { RolloutStack, type RolloutStackProps } from './stack.ts'

/** What the domains publish. */
function policies(props: RolloutStackProps): string[] {
  const { resource } = JSON.parse(Testing.synth(new RolloutStack(Testing.app(), 'rollout', props), true))
  const domains: { hosted_dmarc: { policy: string } }[] = Object.values(resource.dmarcreport_domain)
  return domains.map(({ hosted_dmarc }) => hosted_dmarc.policy)
}
const july = new Date('2026-07-01')

test('the last stage comes once nearly all mail passes', () => {
  assert.deepEqual(policies({ live: 'quarantine', passRate: 0.99, now: july }), ['reject', 'reject'])
  assert.deepEqual(policies({ live: 'quarantine', passRate: 0.9, now: july }), ['quarantine', 'quarantine'])
})

test('no measurement, and a bad one, keep what is live', () => {
  for (const passRate of [undefined, 0.1]) {
    assert.deepEqual(policies({ live: 'reject', passRate, now: july }), ['reject', 'reject'])
  }
})

test('no stage is left out, however late it is', () => {
  assert.throws(() => policies({ live: 'none', passRate: 1, now: july }), /expected at most quarantine-test/)
})
