export * from './check/index.ts'
export * from './verify/index.ts'
