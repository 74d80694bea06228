import type { HostedDmarcSettings } from '@dmarc-as-code/records'

/** What `terraform show -json PLANFILE` prints, as far as it is looked at. */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[]
}

export interface ResourceChange {
  readonly address: string
  readonly type: string
  readonly change: {
    readonly actions: readonly string[]
    readonly before: Values | null
    readonly after: Values | null
    /** True in the place of each value that is known only after the apply. */
    readonly after_unknown?: unknown
  }
}

export type Values = Readonly<Record<string, unknown>>

/** A `dmarcreport_domain`, as far as it is looked at. */
export interface Domain {
  readonly address: string
  readonly account_id?: string | null
  readonly id?: string | null
  readonly deletion_protection?: boolean | null
  readonly allow_weaker?: string | null
  /** Why a policy is tightened without evidence. */
  readonly accept_risk?: string | null
  readonly parked?: boolean | null
  readonly hosted_dmarc?: HostedDmarc | null
  readonly hosted_mta_sts?: {
    readonly mode: string
    readonly mx?: readonly string[] | null
    readonly max_age_days?: number | null
    readonly gate?: string | null
  } | null
  readonly cnames?: Readonly<Record<string, { readonly name: string; readonly value?: string }>> | null
}

interface HostedDmarc extends HostedDmarcSettings {
  readonly from_current?: boolean | null
  /** What `from_current` has taken over. */
  readonly current_record?: string | null
  readonly published_record?: string | null
  readonly gate?: string | null
}

/** A domain that is there before the plan. */
export interface DomainChange {
  readonly actions: readonly string[]
  readonly before: Domain
  /** Null where it is gone after the plan. */
  readonly after: Domain | null
  readonly unknown: Values
}

export const isDomain = ({ type }: ResourceChange) => type === 'dmarcreport_domain'

export function domainChanges(plan: Plan): DomainChange[] {
  return (plan.resource_changes ?? []).filter(isDomain).flatMap(({ change }) => {
    const { actions, before, after } = change
    if (before === null) return []
    const unknown = unknownOf(change)
    return [{ actions, before: before as unknown as Domain, after: after as unknown as Domain | null, unknown }]
  })
}

/** The domains that a plan creates. */
export function newDomains(plan: Plan): { readonly after: Domain; readonly unknown: Values }[] {
  return (plan.resource_changes ?? []).filter(isDomain).flatMap(({ change }) => {
    if (change.before !== null || change.after === null) return []
    return [{ after: change.after as unknown as Domain, unknown: unknownOf(change) }]
  })
}

const unknownOf = ({ after_unknown }: ResourceChange['change']) =>
  (typeof after_unknown === 'object' ? (after_unknown ?? {}) : {}) as Values

/** Whether anything in a value is known only after the apply, by its `after_unknown`. */
export function hasUnknown(unknown: unknown): boolean {
  return (
    unknown === true || (typeof unknown === 'object' && unknown !== null && Object.values(unknown).some(hasUnknown))
  )
}
