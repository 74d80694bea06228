import { describe, expect, it } from 'vitest'
import { bindingTime, policyText, removalPolicy } from './mta-sts-policy.ts'
import { nextPolicyStep, type PolicyState } from './policy-rollout.ts'

const day = 86_400_000
const now = 1_800_000_000_000
const week = policyText({ mode: 'enforce', mx: 'mx.example.net', mx_age: 7 })
const month = policyText({ mode: 'enforce', mx: 'mx.example.net', mx_age: 30 })
const none = policyText({ mode: 'none', mx: '', mx_age: 30 })
const removal = removalPolicy()

const state = (fields: Partial<PolicyState>): PolicyState => ({
  wanted_policy: null,
  live_policy: null,
  first_served_at: null,
  keep_until: 0,
  ...fields,
})

describe('the rollout of a policy file', () => {
  it('serves a wanted policy at once', () => {
    expect(nextPolicyStep(state({ wanted_policy: week }), now)).toEqual({
      live_policy: week,
      keep_until: 0,
      nextCheckAt: null,
    })
  })

  it('does nothing when the wanted policy is served', () => {
    const same = state({ wanted_policy: week, live_policy: week, first_served_at: now, keep_until: 5 })
    expect(nextPolicyStep(same, now)).toEqual({ live_policy: week, keep_until: 5, nextCheckAt: null })
  })

  it('removes a policy that was never fetched at once', () => {
    expect(nextPolicyStep(state({ live_policy: month }), now).live_policy).toBeNull()
  })

  it('serves mode none until the max_age of a fetched policy has expired (RFC 8461 section 8.3)', () => {
    const first = nextPolicyStep(state({ live_policy: week, first_served_at: 1 }), now)
    expect(first).toEqual({ live_policy: removal, keep_until: now + 7 * day, nextCheckAt: now + 7 * day })
    const held = state({ live_policy: removal, first_served_at: 1, keep_until: first.keep_until })
    expect(nextPolicyStep(held, now + 7 * day - 1)).toEqual({ ...first })
    expect(nextPolicyStep(held, now + 7 * day)).toEqual({ live_policy: null, keep_until: 0, nextCheckAt: null })
  })

  it('waits for the longest max_age ever served, not the last one', () => {
    const changed = nextPolicyStep(state({ wanted_policy: week, live_policy: month, first_served_at: 1 }), now)
    expect(changed).toMatchObject({ live_policy: week, keep_until: now + 30 * day })
    const later = now + 3 * day
    const off = nextPolicyStep(state({ live_policy: week, first_served_at: 1, keep_until: changed.keep_until }), later)
    expect(off).toMatchObject({ live_policy: removal, keep_until: now + 30 * day })
  })

  it('removes a policy in mode none at once', () => {
    expect(bindingTime(none)).toBe(0)
    expect(nextPolicyStep(state({ live_policy: none, first_served_at: 1 }), now).live_policy).toBeNull()
  })

  it('serves the new policy when hosting is switched on during the removal', () => {
    const back = state({ wanted_policy: week, live_policy: removal, first_served_at: 1, keep_until: now + day })
    expect(nextPolicyStep(back, now)).toEqual({ live_policy: week, keep_until: now + day, nextCheckAt: null })
  })
})
