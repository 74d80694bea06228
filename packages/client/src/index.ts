/** Typed client of the DMARC Report API v2. The contract with its schemas is at `@dmarc-as-code/client/contract`. */
export { type Clock, systemClock } from '@dmarc-as-code/primitives'
export type { RecordKind } from '@dmarc-as-code/records'
export { type ClientOptions, DmarcReportClient, defaultBaseUrl } from './client.ts'
export type { ApiPromise } from './core/api-promise.ts'
export type { ResponseInfo } from './core/call.ts'
export type { ErrorDetail } from './core/error-body.ts'
export * from './core/errors.ts'
export { type Logger, type LogLevel, logLevels } from './core/logger.ts'
export { type ListOptions, type Page, PagedList, type PageMeta } from './core/paged-list.ts'
export type { Params, Query } from './core/path.ts'
export { type AdHocRoute, type CallInput, type CallOptions, isPassing, type RawAnswer } from './core/transport.ts'
export * from './enumerations.ts'
export type {
  DomainMembership,
  DomainMemberships,
  UserMembership,
  UserMemberships,
} from './memberships/read.ts'
export type { Account } from './read/account.ts'
export type { CnameRecord } from './read/cname-records.ts'
export type { Domain } from './read/domain.ts'
export type { GeneratedDmarcRecord } from './read/generated-record.ts'
export type { HostedServices } from './read/hosted-services.ts'
export { isGood } from './read/is-good.ts'
export type { ManagedBy } from './read/managed-by.ts'
export type { MtaStsPolicy } from './read/mta-sts-policy.ts'
export type { CheckPart, CnameCheck, PolicyFileCheck, RecordCheck, TxtCheck } from './read/record-check.ts'
export type { Tag } from './read/tag.ts'
export type { TakenOverAnswer, TakenOverDmarc, TakenOverMtaSts, TakenOverService } from './read/taken-over.ts'
export type { CnameAndTxtCheck, DmarcVerification, MtaStsVerification } from './read/verification.ts'
export type { Capabilities } from './resources/capabilities.ts'
export type { VerifyMtaStsOptions } from './resources/domains.ts'
export type { IdOrSlug } from './resources/id-or-slug.ts'
export type {
  CreateAccountInput,
  CreateDomainInput,
  CreateTagInput,
  GenerateDmarcRecordInput,
  ManagedByInput,
  MtaStsPolicyInput,
  TagChoice,
  UpdateDomainInput,
  UpdateTagInput,
} from './resources/inputs.ts'
export { type OperationName, type Route, routes } from './routes.ts'
export {
  type LiveLookUps,
  TakeOverError,
  type TakeOverInput,
  type TakeOverOptions,
  type TakeOverTarget,
  takeOverCurrent,
} from './take-over.ts'
export { NotReadyError, type WaitOptions, type WaitProgress, type WaitTarget, waitUntilReady } from './wait.ts'
export type { IfVersion } from './writes/if-version.ts'
