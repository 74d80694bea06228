export type { CustomerZone } from '../sandbox-dns/index.ts'
export { createSandbox, type Endpoint, type Sandbox } from './create-sandbox.ts'
export type { Fault, FaultRule, Faults } from './faults.ts'
export type { SandboxOptions, SandboxTenant } from './options.ts'
