export type * from './observe/types.ts'
export type * from './wire/types.ts'
