import type { HostedDmarc } from '../hosted/dmarc.ts'

/** The stages on the way to `p=reject`, from weakest to strongest. */
export type RolloutStageName = 'none' | 'quarantine-test' | 'quarantine' | 'reject'

export const stageNames: readonly RolloutStageName[] = ['none', 'quarantine-test', 'quarantine', 'reject']

/** One stage, and what must hold before a domain moves to it. */
export interface RolloutStage {
  readonly stage: RolloutStageName
  /**
   * Not before this day: `YYYY-MM-DD`, from 00:00 UTC.
   * @default - any day
   */
  readonly from?: string | undefined
  /**
   * Only when this is true while synthesising, such as a share of passing mail that you read from your reports. Undefined, also
   * as what a function answers, means that there is no measurement: the rollout stays where it is. Nothing but true, false
   * and undefined is accepted; a promise must be awaited before.
   * @default - always, where the stage has no `when` at all
   */
  readonly when?: boolean | undefined | (() => boolean | undefined)
  /**
   * The plan refuses to move a domain to this stage until its reports show that no mail of its own is lost, and names each thing that
   * is missing. Reports are asked for only by a plan that tightens, so that a stage that is live stays, whatever they show later.
   * `acceptRisk` passes with a reason. Needs `live`: the stage waits where it is not known what is live.
   * @default false
   */
  readonly evidence?: boolean | undefined
}

/** What a stage publishes. In test mode receivers apply one level less than the policy says (RFC 9989, `t=y`). */
export function policyOf(stage: RolloutStageName): Pick<HostedDmarc, 'policy' | 'testMode'> {
  if (stage === 'quarantine-test') return { policy: 'quarantine', testMode: true }
  return { policy: stage }
}

/** Milliseconds since 1970 of a day that exists; undefined for any other text. */
export function dayOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? undefined : time
}

/** Whether a stage may begin. `unknown` where there is no measurement, `invalid` where the condition is none. */
export type Opening = 'open' | 'closed' | 'unknown' | 'invalid'

export function openingOf(stage: RolloutStage, now: Date): Opening {
  const { from } = stage
  // Also closed for a day, or a now, that is none.
  if (from !== undefined && !(now.getTime() >= (dayOf(from) ?? Number.POSITIVE_INFINITY))) return 'closed'
  if (!Object.hasOwn(stage, 'when')) return 'open'
  const holds: unknown = typeof stage.when === 'function' ? stage.when() : stage.when
  if (holds === undefined) return 'unknown'
  if (typeof holds !== 'boolean') return 'invalid'
  return holds ? 'open' : 'closed'
}
