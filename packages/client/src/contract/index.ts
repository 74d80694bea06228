/**
 * The one contract of the API: the server validates, serialises and documents itself by these schemas. Strict about
 * requests. The client of the main entry reads tolerantly and needs none of this at run time, so zod is loaded only here.
 */
export * from '../enumerations.ts'
export * from '../report-routes.ts'
export * from '../routes.ts'
export * from './accounts.ts'
export * from './audit-events.ts'
export * from './capabilities.ts'
export * from './domains.ts'
export * from './effect.ts'
export * from './errors.ts'
export * from './generate.ts'
export * from './hosting.ts'
export * from './memberships.ts'
export * from './notice-targets.ts'
export * from './operations.ts'
export * from './reports.ts'
export * from './status-changes.ts'
export * from './tags.ts'
export * from './values.ts'
