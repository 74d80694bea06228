export { AggregateReader, type ReadAggregateOptions, readAggregate } from './aggregate/read.ts'
export type {
  AggregateRecord,
  AggregateReport,
  Disposition,
  DkimAuthResult,
  DkimResultWord,
  ExtensionElement,
  LocalisedText,
  OverrideReason,
  PolicyPublished,
  PublishedPolicy,
  ReportMetadata,
  SpfAuthResult,
  SpfResultWord,
} from './aggregate/types.ts'
export { type AggregateReportInput, writeAggregate } from './aggregate/write.ts'
export { splitByDay, type UtcDay, utcDay } from './days.ts'
export { type ClassifiedRows, classifyRows } from './evidence/classify.ts'
export { type Diagnosis, diagnose, type FailureCause } from './evidence/diagnose.ts'
export { type EvidenceInput, judgeEvidence } from './evidence/evidence.ts'
export {
  type BlockerJson,
  blockerJson,
  type DmarcEvidenceJson,
  dmarcEvidenceJson,
  mtaStsEvidenceJson,
  type SourceJson,
  sourceJson,
} from './evidence/json.ts'
export {
  judgeMtaSts,
  type MtaStsBlocker,
  type MtaStsBlockerCode,
  type MtaStsEvidence,
} from './evidence/mta-sts.ts'
export { evidenceReport, evidenceRows } from './evidence/rows.ts'
export {
  type Blocker,
  type BlockerCode,
  defaultRules,
  type Evidence,
  type EvidenceNumbers,
  type EvidenceReport,
  type EvidenceRow,
  type EvidenceRules,
  type EvidenceTarget,
  type SourceAnswer,
  type SourceClass,
  type SourceEvidence,
  type SubdomainEvidence,
  type TargetEvidence,
} from './evidence/types.ts'
export { type FailureParts, type ReadFailureOptions, readFailure } from './failure/read.ts'
export type { FailureReport, HeaderField } from './failure/types.ts'
export { type FailureMail, writeFailureMail } from './failure/write.ts'
export { canonicalIp } from './ip-address.ts'
export { defaultLimits, type ReportLimits } from './limits.ts'
export { networkOf } from './network-of.ts'
export {
  type ReadOutcome,
  type ReportProblem,
  type ReportProblemCode,
  type ReportWarning,
  type ReportWarningCode,
  Warnings,
} from './outcome.ts'
export { decodeText, TextDecoding } from './text/decode.ts'
export { type ReadTlsOptions, readTlsReport } from './tls/read.ts'
export type { TlsFailure, TlsPolicy, TlsPolicyType, TlsReport } from './tls/types.ts'
export { writeTlsReport } from './tls/write.ts'
