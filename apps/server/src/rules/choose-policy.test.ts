import { expect, test } from 'vitest'
import { choosePolicy, type PolicyCandidate } from './choose-policy.ts'

const candidate = (key: string, fields: Partial<PolicyCandidate> = {}): PolicyCandidate => ({
  key,
  live_policy: 'version: STSv1',
  policy_cname_verified_at: null,
  retired_at: null,
  ...fields,
})
const chosen = (...candidates: PolicyCandidate[]) => choosePolicy(candidates)?.key

test('the only one is served before its CNAME was seen, so that the first look finds the file', () => {
  expect(chosen(candidate('a'))).toBe('a')
  expect(chosen(candidate('a', { live_policy: null }))).toBeUndefined()
  expect(chosen()).toBeUndefined()
})

test('a stranger who claims the same domain gets nowhere', () => {
  const customer = candidate('customer', { policy_cname_verified_at: 5 })
  expect(chosen(candidate('stranger'), customer)).toBe('customer')
  expect(chosen(candidate('stranger'), candidate('customer'))).toBeUndefined()
})

test('a domain that was deleted and created again is served by the new one once its CNAME was seen', () => {
  const old = candidate('old', { policy_cname_verified_at: 5, retired_at: 6 })
  expect(chosen(old, candidate('new'))).toBe('old')
  expect(chosen(old, candidate('new', { policy_cname_verified_at: 4 }))).toBe('new')
})

test('of two seen the later counts', () => {
  const [a, b] = [candidate('a', { policy_cname_verified_at: 1 }), candidate('b', { policy_cname_verified_at: 2 })]
  expect(chosen(a, b)).toBe('b')
})
