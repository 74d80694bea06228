export type * from './observe/types.ts'
export type * from './wire/types.ts'
export * from './rfc2136/index.ts'
