import type { Problem } from './problems.ts'

/** What the app changed, newest first. Kept across restarts, with its own undo. */
export interface ActivityView {
  readonly id: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly kind: ActivityKind
  readonly domains: readonly { readonly key: string; readonly title: string }[]
  readonly state: ActivityState
  /** Whether Undo can restore what was there before. */
  readonly undoable: boolean
  /** True while Undo is running. */
  readonly undoing: boolean
  /** Why the last Undo failed. */
  readonly problem?: Problem
}

export const activityKinds = [
  'records-applied',
  'dmarc-hosting-off',
  'mta-sts-hosting-off',
  'dmarc-hosting-on',
  'mta-sts-hosting-on',
] as const
export type ActivityKind = (typeof activityKinds)[number]

/** `interrupted`: the app ended while it was writing; Undo restores the records that it had reached. */
export const activityStates = ['done', 'interrupted', 'undone'] as const
export type ActivityState = (typeof activityStates)[number]

export const activityTitles: Record<ActivityKind, string> = {
  'records-applied': 'CNAMEs applied',
  'dmarc-hosting-off': 'Hosted DMARC turned off',
  'mta-sts-hosting-off': 'Hosted MTA-STS turned off',
  'dmarc-hosting-on': 'Hosted DMARC turned on',
  'mta-sts-hosting-on': 'Hosted MTA-STS turned on',
}
