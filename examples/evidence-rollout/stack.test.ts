import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Testing } from 'cdktn'
import { RolloutStack, type RolloutStackProps } from './stack.ts'

interface Domain {
  readonly hosted_dmarc: { readonly policy: string; readonly gate?: string }
  readonly accept_risk?: string
}

function domain(props: RolloutStackProps): Domain {
  const { resource } = JSON.parse(Testing.synth(new RolloutStack(Testing.app(), 'rollout', props), true))
  return (Object.values(resource.dmarcreport_domain) as Domain[])[0] as Domain
}

test('the first apply begins at none, which needs no evidence', () => {
  const { policy, gate } = domain({}).hosted_dmarc
  assert.deepEqual([policy, gate], ['none', undefined])
})

test('each further stage is proposed as soon as the one before it is live, and its plan needs evidence', () => {
  for (const [live, next] of [
    ['none', 'quarantine'],
    ['quarantine', 'reject'],
    ['reject', 'reject'],
  ] as const) {
    const { policy, gate } = domain({ live }).hosted_dmarc
    assert.deepEqual([policy, gate], [next, 'enforce'])
  }
})

test('a reason passes the gate for one apply', () => {
  assert.equal(domain({ live: 'none' }).accept_risk, undefined)
  assert.equal(domain({ live: 'none', acceptRisk: 'Announced' }).accept_risk, 'Announced')
})
