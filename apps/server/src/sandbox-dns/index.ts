export { type CustomerZone, customerZones } from './customer-zones.ts'
export { type SandboxDns, type SandboxDnsOptions, startSandboxDns } from './sandbox-dns.ts'
