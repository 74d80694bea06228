import { parseExactJson } from './exact-json.ts'

type Values = { readonly [name: string]: unknown }

/** A planned change of one resource. */
export interface PlannedChange {
  readonly address: string
  /** `['no-op']`, `['create']`, `['update']`, `['delete']`, `['read']`, or both parts of a replacement. */
  readonly actions: readonly string[]
  readonly before: Values | null
  readonly after: Values | null
  /** True, or nested true, where a value is known after apply only. */
  readonly afterUnknown: Values
  /** The attributes that force replacement. */
  readonly replacePaths: readonly (readonly (string | number)[])[]
  readonly importing: boolean
  /** True, or nested true, where a planned value is sensitive. */
  readonly sensitive: Values
}

/** What a plan makes of an output. */
export interface PlannedOutput {
  readonly after: unknown
  readonly unknown: boolean
  readonly changed: boolean
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string
    readonly change: {
      readonly actions: readonly string[]
      readonly before: Values | null
      readonly after: Values | null
      readonly after_unknown: Values
      readonly replace_paths?: readonly (readonly (string | number)[])[]
      readonly importing?: unknown
      readonly after_sensitive?: Values | false
    }
  }[]
  readonly resource_drift?: PlanJson['resource_changes']
  readonly output_changes?: {
    readonly [name: string]: {
      readonly actions: readonly string[]
      readonly after?: unknown
      readonly after_unknown?: unknown
    }
  }
}

/** The changes in `terraform show -json PLAN`. */
export function plannedChanges(json: string): {
  changes: PlannedChange[]
  drift: PlannedChange[]
  changedOutputs: string[]
  outputs: { [name: string]: PlannedOutput }
} {
  const plan = parseExactJson(json) as PlanJson
  const read = (list: PlanJson['resource_changes'] = []): PlannedChange[] =>
    list.map(({ address, change }) => ({
      address,
      actions: change.actions,
      before: change.before,
      after: change.after,
      afterUnknown: change.after_unknown,
      replacePaths: change.replace_paths ?? [],
      importing: change.importing !== undefined,
      sensitive: change.after_sensitive || {},
    }))
  const outputs = Object.fromEntries(
    Object.entries(plan.output_changes ?? {}).map(([name, { actions, after, after_unknown }]) => [
      name,
      { after: after ?? null, unknown: after_unknown === true, changed: actions[0] !== 'no-op' },
    ]),
  )
  const changedOutputs = Object.keys(outputs).filter((name) => outputs[name]?.changed)
  return { changes: read(plan.resource_changes), drift: read(plan.resource_drift), changedOutputs, outputs }
}
