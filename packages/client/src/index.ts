/** Typed client of the DMARC Report API v2. The contract with its schemas is at `@dmarc-as-code/client/contract`. */
export { type Clock, systemClock } from '@dmarc-as-code/primitives'
export type { RecordKind } from '@dmarc-as-code/records'
export { type ClientOptions, DmarcReportClient, defaultBaseUrl } from './client.ts'
export type { ApiPromise } from './core/api-promise.ts'
export type { ResponseInfo } from './core/call.ts'
export type { ErrorDetail } from './core/error-body.ts'
export * from './core/errors.ts'
export type { ListOptions, Page, PageMeta } from './core/list.ts'
export { type Logger, type LogLevel, logLevels } from './core/logger.ts'
export { PagedList } from './core/paged-list.ts'
export type { Params, Query } from './core/path.ts'
export { type AdHocRoute, type CallInput, type CallOptions, isPassing, type RawAnswer } from './core/transport.ts'
export * from './enumerations.ts'
export type { AuditEvent, StatusChange } from './history/read.ts'
export type { AuditEventOptions } from './input/audit-event-options.ts'
export type { IdOrSlug } from './input/id-or-slug.ts'
export type { IfVersion } from './input/if-version.ts'
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
} from './input/inputs.ts'
export type { VerifyMtaStsOptions } from './input/verify-options.ts'
export type {
  DomainMembership,
  DomainMemberships,
  UserMembership,
  UserMemberships,
} from './memberships/read.ts'
export type { CreatedNoticeTarget, NoticeChannel, NoticeTarget, NoticeTargetInput } from './notice-targets/read.ts'
export type { Account } from './read/account.ts'
export {
  type CheckPart,
  type CnameCheck,
  isGood,
  type PolicyFileCheck,
  type RecordCheck,
  type TxtCheck,
} from './read/check.ts'
export type { CnameRecord } from './read/cname-records.ts'
export type { Domain } from './read/domain.ts'
export type { GeneratedDmarcRecord } from './read/generated-record.ts'
export type { HostedServices } from './read/hosted-services.ts'
export type { ManagedBy } from './read/managed-by.ts'
export type { MtaStsPolicy } from './read/mta-sts-policy.ts'
export { overallOfAll } from './read/overall-of-all.ts'
export type { Tag } from './read/tag.ts'
export type { TakenOverAnswer, TakenOverDmarc, TakenOverMtaSts, TakenOverService } from './read/taken-over.ts'
export type { CnameAndTxtCheck, DmarcVerification, MtaStsVerification } from './read/verification.ts'
export { type OperationName, type Route, routes } from './routes.ts'
export type { Capabilities } from './session/capabilities.ts'
export {
  type LiveLookUps,
  TakeOverError,
  type TakeOverInput,
  type TakeOverOptions,
  type TakeOverTarget,
  takeOverCurrent,
} from './take-over.ts'
export { NotReadyError, type WaitOptions, type WaitProgress, type WaitTarget, waitUntilReady } from './wait.ts'
