export type { CustomerZone } from './customer-zones.ts'
export { type SandboxDns, startSandboxDns } from './sandbox-dns.ts'
