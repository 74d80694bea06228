import { expect, test } from 'vitest'
import { bindingTime, farewellPolicy, policyText } from './mta-sts-policy.ts'
import { nextPolicyStep, type PolicyState } from './policy-rollout.ts'

const day = 86_400_000
const now = 1_800_000_000_000
const week = policyText({ mode: 'enforce', mx: 'mx.example.net', mx_age: 7 })
const month = policyText({ mode: 'enforce', mx: 'mx.example.net', mx_age: 30 })
const none = policyText({ mode: 'none', mx: '', mx_age: 30 })
const farewell = farewellPolicy()

const state = (fields: Partial<PolicyState>): PolicyState => ({
  wanted_policy: null,
  live_policy: null,
  first_served_at: null,
  keep_until: 0,
  ...fields,
})

test('a wanted policy is served at once', () => {
  expect(nextPolicyStep(state({ wanted_policy: week }), now)).toEqual({
    live_policy: week,
    keep_until: 0,
    nextCheckAt: null,
  })
})

test('nothing happens when what is wanted is served', () => {
  const same = state({ wanted_policy: week, live_policy: week, first_served_at: now, keep_until: 5 })
  expect(nextPolicyStep(same, now)).toEqual({ live_policy: week, keep_until: 5, nextCheckAt: null })
})

test('a policy nobody ever fetched disappears at once', () => {
  expect(nextPolicyStep(state({ live_policy: month }), now).live_policy).toBeNull()
})

test('a policy somebody may hold says farewell until its age has run out (RFC 8461 8.3)', () => {
  const first = nextPolicyStep(state({ live_policy: week, first_served_at: 1 }), now)
  expect(first).toEqual({ live_policy: farewell, keep_until: now + 7 * day, nextCheckAt: now + 7 * day })
  const held = state({ live_policy: farewell, first_served_at: 1, keep_until: first.keep_until })
  expect(nextPolicyStep(held, now + 7 * day - 1)).toEqual({ ...first })
  expect(nextPolicyStep(held, now + 7 * day)).toEqual({ live_policy: null, keep_until: 0, nextCheckAt: null })
})

test('the longest age ever given out counts, not the last one', () => {
  const changed = nextPolicyStep(state({ wanted_policy: week, live_policy: month, first_served_at: 1 }), now)
  expect(changed).toMatchObject({ live_policy: week, keep_until: now + 30 * day })
  const later = now + 3 * day
  const off = nextPolicyStep(state({ live_policy: week, first_served_at: 1, keep_until: changed.keep_until }), later)
  expect(off).toMatchObject({ live_policy: farewell, keep_until: now + 30 * day })
})

test('a policy in mode none binds nobody and goes at once', () => {
  expect(bindingTime(none)).toBe(0)
  expect(nextPolicyStep(state({ live_policy: none, first_served_at: 1 }), now).live_policy).toBeNull()
})

test('hosting that is switched on again during the farewell serves the new policy', () => {
  const back = state({ wanted_policy: week, live_policy: farewell, first_served_at: 1, keep_until: now + day })
  expect(nextPolicyStep(back, now)).toEqual({ live_policy: week, keep_until: now + day, nextCheckAt: null })
})
