export * from './observe/index.ts'
export * from './transport/index.ts'
