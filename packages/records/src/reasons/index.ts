/** The reasons and statuses of records, with their words. */
export {
  type CnameReason,
  type EffectReason,
  type PlanReason,
  type PolicyFileReason,
  type Reason,
  type ReasonSubject,
  reasonCatalogue,
  reasonSubjects,
  reasonsOf,
  reasonText,
  type TxtReason,
} from './catalogue.ts'
export type { ReasonActor, ReasonContext, ReasonEntry, ReasonText } from './entry.ts'
export {
  type CnameStatus,
  type OverallStatus,
  type PolicyFileStatus,
  type StatusOf,
  type StatusSubject,
  statusCatalogue,
  statusesOf,
  statusText,
  type TxtStatus,
} from './statuses.ts'
