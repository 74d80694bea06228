export {
  dmarcEffect,
  type InForce,
  type MailView,
  type MailViewOptions,
  type MtaStsChange,
  mailView,
  mtaStsEffect,
  type PlanEffect,
  type TextChange,
  textsOf,
  tlsRptEffect,
} from '../effect/index.ts'
export * from './apply.ts'
export { delegationFrom } from './delegation.ts'
export { type ExpectedTexts, planVerdict } from './effects.ts'
export { type Ejection, type EjectOptions, planEjection, type StaysHosted } from './eject.ts'
export * from './errors.ts'
export * from './file-journal.ts'
export * from './instructions.ts'
export * from './journal.ts'
export type { ConflictMode, PlanAction, PlanItem, PlannedRecord } from './judge.ts'
export { relativeName } from './names.ts'
export * from './parse.ts'
export * from './plan.ts'
export { describeSets, matchesAll, matchesSet } from './record-sets.ts'
export * from './retarget.ts'
export { keptTtl } from './ttl.ts'
export * from './types.ts'
export * from './undo.ts'
export { planUndo, type UndoItem, type UndoPlan, type UndoPlanOptions } from './undo-plan.ts'
export { type ApplicablePart, withoutObstacles } from './without-obstacles.ts'
