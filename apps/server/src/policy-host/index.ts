export type { Listening } from '../http/listen.ts'
export { createPolicyHost } from './policy-host.ts'
