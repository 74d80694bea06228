import { describe, expect, it } from 'vitest'
import { choosePolicy, type PolicyCandidate } from './choose-policy.ts'

const candidate = (key: string, fields: Partial<PolicyCandidate> = {}): PolicyCandidate => ({
  key,
  live_policy: 'version: STSv1',
  policy_cname_verified_at: null,
  retired_at: null,
  ...fields,
})
const chosen = (...candidates: PolicyCandidate[]) => choosePolicy(candidates)?.key

describe('the choice between several policies of one domain', () => {
  it('serves the only policy before its CNAME is seen, so that the first verification finds the file', () => {
    expect(chosen(candidate('a'))).toBe('a')
    expect(chosen(candidate('a', { live_policy: null }))).toBeUndefined()
    expect(chosen()).toBeUndefined()
  })

  it('ignores another customer that claims the domain without its CNAME', () => {
    const customer = candidate('customer', { policy_cname_verified_at: 5 })
    expect(chosen(candidate('stranger'), customer)).toBe('customer')
    expect(chosen(candidate('stranger'), candidate('customer'))).toBeUndefined()
  })

  it('serves the policy of a re-created domain once its CNAME is seen', () => {
    const old = candidate('old', { policy_cname_verified_at: 5, retired_at: 6 })
    expect(chosen(old, candidate('new'))).toBe('old')
    expect(chosen(old, candidate('new', { policy_cname_verified_at: 4 }))).toBe('new')
  })

  it('serves the one whose CNAME was seen last', () => {
    const [a, b] = [candidate('a', { policy_cname_verified_at: 1 }), candidate('b', { policy_cname_verified_at: 2 })]
    expect(chosen(a, b)).toBe('b')
  })
})
