import type { MtaStsPolicyView } from './model.ts'

/** A policy in one line, to show it and to compare it. Empty for none. */
export function policyText(policy: MtaStsPolicyView | undefined): string {
  return policy ? `mode: ${policy.mode}; mx: ${policy.mx.join(', ')}; max_age: ${policy.days} days` : ''
}
