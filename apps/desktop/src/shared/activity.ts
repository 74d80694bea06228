import { t } from './messages/messages.ts'
import type { Problem } from './problems.ts'

/** What the app changed, newest first. Kept across restarts, with its own undo. */
export interface ActivityView {
  readonly id: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly kind: ActivityKind
  readonly domains: readonly { readonly key: string; readonly title: string }[]
  readonly state: ActivityState
  /** Why the person consented to weaken the protection. */
  readonly reason?: string
  /** Why the person tightened a policy without evidence. */
  readonly acceptedRisk?: string
  /** When hosting ends, where that is still to come. ISO 8601, UTC. */
  readonly endsAt?: string
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
  'dmarc-policy-published',
  'mta-sts-policy-published',
  'domain-deleted',
] as const
export type ActivityKind = (typeof activityKinds)[number]

/** `interrupted`: the app ended while it was writing; Undo restores the records that it had reached. */
export const activityStates = ['done', 'interrupted', 'undone'] as const
export type ActivityState = (typeof activityStates)[number]

export function activityTitle(kind: ActivityKind): string {
  switch (kind) {
    case 'records-applied':
      return t('CNAMEs applied')
    case 'dmarc-hosting-off':
      return t('Hosted DMARC turned off')
    case 'mta-sts-hosting-off':
      return t('Hosted MTA-STS turned off')
    case 'dmarc-hosting-on':
      return t('Hosted DMARC turned on')
    case 'mta-sts-hosting-on':
      return t('Hosted MTA-STS turned on')
    case 'dmarc-policy-published':
      return t('DMARC policy published')
    case 'mta-sts-policy-published':
      return t('MTA-STS policy published')
    case 'domain-deleted':
      return t('Domain deleted')
  }
}
