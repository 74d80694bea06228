export type { Listening } from './listen.ts'
export { createPolicyHost, type PolicyHostOptions } from './policy-host.ts'
export { type LookupPolicy, POLICY_PATH, policyHostName } from './policy-response.ts'
