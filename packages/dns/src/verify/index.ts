export { caaForbids, findCaa } from './caa.ts'
export type { CnameEvidence } from './cname-evidence.ts'
export { judgeCname } from './cname-status.ts'
export {
  createPolicyFetcher,
  type PolicyAnswer,
  type PolicyFetcher,
  type PolicyFetcherOptions,
  saysNothing,
  usablePolicy,
} from './policy-fetch.ts'
export { type CertificateOrder, judgePolicyFile, type PolicyEvidence, type StoredPolicy } from './policy-status.ts'
export { type LookState, nextLookDelay } from './schedule.ts'
export { settleCname, settleTxt } from './settle.ts'
export { judgeTxt, type TxtEvidence } from './txt-status.ts'
export type * from './types.ts'
export {
  type DomainVerdict,
  type ExpectedRecord,
  type ExpectedRecords,
  type VerifyDomainInput,
  verifyDomain,
} from './verify-domain.ts'
