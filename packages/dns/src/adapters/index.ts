export { type AdapterConfig, parseAdapterConfig } from './config.ts'
export { type AdapterContext, createAdapter } from './create.ts'
export { type MemoryAdapter, type MemoryAdapterOptions, memoryAdapter } from './memory.ts'
export type { Rfc2136Config } from './rfc2136-config.ts'
