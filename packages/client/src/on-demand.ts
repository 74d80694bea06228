/**
 * What not every program needs, loaded together when it is needed first: everything that changes something, looks at hosted
 * records, memberships, and history.
 */
export * from './history/index.ts'
export * from './memberships/domain-memberships.ts'
export * from './memberships/user-memberships.ts'
export * from './notice-targets/index.ts'
export * from './verify/index.ts'
export * from './writes/accounts.ts'
export * from './writes/domains.ts'
export * from './writes/tags.ts'
