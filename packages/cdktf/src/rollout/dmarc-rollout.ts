import { Construct } from 'constructs'
import { checkConsent } from '../hosted/consent.ts'
import { type HostedDmarc, hostedDmarcShapes } from '../hosted/dmarc.ts'
import { isMarked, mark } from '../mark.ts'
import { listed, notOneOf, Problems } from '../problems.ts'
import type { PropShapes } from '../shape.ts'
import { dayOf, openingOf, policyOf, type RolloutStage, type RolloutStageName, stageNames } from './stages.ts'

export interface DmarcRolloutProps {
  /**
   * The stages in their order. The first begins at once; every other one has a day (`from`), a condition (`when`), asks for
   * `evidence`, or several of these.
   */
  readonly stages: readonly RolloutStage[]
  /**
   * Settings of hosted DMARC other than the policy and the test mode.
   * @default - nothing further
   */
  readonly settings?: Omit<HostedDmarc, 'policy' | 'testMode' | 'record' | 'fromCurrent'> | undefined
  /**
   * The stage that is live now. The rollout never goes below it, and an apply cannot move by more than one stage from it,
   * however many days have passed since the last one.
   * @default - unknown: the provider still refuses to weaken what is live
   */
  readonly live?: RolloutStageName | undefined
  /**
   * Why the rollout may go back to an earlier stage, in words. Remove it after the apply.
   * @default - it never goes back
   */
  readonly allowWeaker?: string | undefined
  /**
   * Why the rollout may go on without the evidence that a stage asks for, in words. Remove it after the apply.
   * @default - it waits for the evidence
   */
  readonly acceptRisk?: string | undefined
  /**
   * Allows leaving out stages, and moving by several at once.
   * @default false
   */
  readonly skipStages?: boolean | undefined
  /**
   * The time that the days of the stages are compared with.
   * @default - now
   */
  readonly now?: Date | undefined
}

const { policy: _, testMode: __, record: ___, fromCurrent: ____, ...settingsShapes } = hostedDmarcShapes

export const rolloutShapes: PropShapes<DmarcRolloutProps> = {
  stages: {
    list: {
      fields: {
        stage: 'text',
        from: { is: (value) => typeof value === 'string', expected: 'a day such as "2026-03-01"' },
        when: {
          is: (value) => typeof value === 'boolean' || (typeof value === 'function' && !isAsync(value)),
          expected: 'true, false or a function that returns one of them without a promise',
        },
        evidence: 'boolean',
      },
      required: ['stage'],
    },
  },
  settings: { fields: settingsShapes },
  live: 'text',
  allowWeaker: 'text',
  acceptRisk: 'text',
  skipStages: 'boolean',
  now: { is: (value) => value instanceof Date, expected: 'a Date' },
}

/**
 * The stages from `p=none` to `p=reject` as data. Give it to a domain as `hostedDmarc`: what is published follows the days and
 * conditions of the stages, at the next apply after they hold. A rollout is a ratchet: where a condition no longer holds,
 * it stays at the stage that is live. Failing mail is free to send, so a falling pass rate must not lower a policy.
 */
export class DmarcRollout extends Construct {
  /** The stage that is published. */
  readonly stage: RolloutStageName
  /** The stage after that, with what it waits for; undefined at the end. */
  readonly next: RolloutStage | undefined
  /** Why the rollout may go back, where it may. */
  readonly allowWeaker: string | undefined
  /** Why the rollout may go on without evidence, where it may. */
  readonly acceptRisk: string | undefined
  readonly #settings: DmarcRolloutProps['settings']
  readonly #evidence: boolean

  /** Whether a value is a DmarcRollout, whichever copy of this package made it. Never throws. */
  static isDmarcRollout(value: unknown): value is DmarcRollout {
    return isMarked(value, 'DmarcRollout')
  }

  constructor(scope: Construct, id: string, props: DmarcRolloutProps) {
    super(scope, id)
    mark(this, 'DmarcRollout')
    const problems = new Problems()
    const checked = problems.checked(props, rolloutShapes, ['stages'])
    const { stages = [], now = new Date(), live, allowWeaker, acceptRisk } = checked
    const isShaped = problems.isEmpty
    const { due, stopped } = dueStage(stages, now, live, problems)
    // Only a condition that is measured and false is a reason to go back.
    const mayGoBack = allowWeaker !== undefined && stopped !== 'unknown' && stopped !== 'invalid'
    this.stage = live !== undefined && !mayGoBack ? stronger(due, live) : due
    this.next = stages.find(({ stage }) => stageNames.indexOf(stage) > stageNames.indexOf(this.stage))
    this.allowWeaker = allowWeaker
    this.acceptRisk = acceptRisk
    this.#evidence = stages.some(({ stage, evidence }) => stage === this.stage && evidence === true)
    this.#settings = checked.settings
    if (isShaped) this.#check(checked, due, problems)
    problems.reportOn(this)
  }

  /** What the stage that is due publishes. */
  get hostedDmarc(): HostedDmarc {
    return { ...this.#settings, ...policyOf(this.stage), ...(this.#evidence && { gate: 'enforce' as const }) }
  }

  #check(
    { stages, live, allowWeaker, acceptRisk, skipStages = false, now }: DmarcRolloutProps,
    due: RolloutStageName,
    problems: Problems,
  ) {
    if (now && Number.isNaN(now.getTime())) {
      problems.add('now', 'found an invalid Date, expected a valid one. Check what it is made from.')
    }
    if (stages.length === 0)
      problems.add('stages', `found none, expected some of ${listed(stageNames)}. Add { stage: "none" }.`)
    stages.forEach((stage, index) => {
      checkStage(stage, index, problems)
      const before = stages[index - 1]
      if (before) checkStep(before, stage, index, skipStages, problems)
    })
    checkConsent({ allowWeaker, acceptRisk }, problems)
    if (live === undefined) {
      if (stages.some((stage) => Object.hasOwn(stage, 'when'))) problems.warn('live', withoutLive)
      else if (stages.some(({ evidence }) => evidence)) problems.warn('live', withoutLiveEvidence)
    } else if (!stageNames.includes(live)) problems.add('live', notOneOf(live, stageNames))
    else this.#checkLive(live, due, skipStages, problems)
  }

  #checkLive(live: RolloutStageName, due: RolloutStageName, skipStages: boolean, problems: Problems): void {
    if (this.stage !== due) {
      problems.warn('stages', `only ${due} is due, but ${live} is live. It stays; set allowWeaker to go back.`)
    }
    const most = stageNames[stageNames.indexOf(live) + 1]
    if (skipStages || most === undefined || stageNames.indexOf(this.stage) <= stageNames.indexOf(most)) return
    const found = `found ${this.stage} due while ${live} is live`
    problems.add('stages', `${found}, expected at most ${most}. Apply ${most} first, or set skipStages.`)
  }
}

const withoutLive =
  'found nothing, expected the stage that is live, since stages have conditions. Set it, so that a condition that does ' +
  'not hold cannot lower the policy.'

const withoutLiveEvidence =
  'found nothing, expected the stage that is live, since stages ask for evidence. They wait until it is set: apply the first stage, ' +
  'then note it there.'

const isAsync = (value: object) => value.constructor?.name === 'AsyncFunction'

/**
 * The last stage that may begin, with all before it, and why the one after it may not. Only the plan sees evidence, so the first stage
 * that asks for it is the last one until it is live; where nobody says what is live, it waits.
 */
function dueStage(stages: readonly RolloutStage[], now: Date, live: RolloutStageName | undefined, problems: Problems) {
  let due = stages[0]?.stage ?? 'none'
  for (const [index, stage] of stages.entries()) {
    if (index === 0) continue
    const opening = openingOf(stage, now)
    if (opening === 'invalid') {
      problems.add(
        `stages[${index}].when`,
        'found a result that is neither true nor false. Return one of them; await a promise before.',
      )
    }
    if (opening !== 'open') return { due, stopped: opening }
    if (stage.evidence === true && live === undefined) return { due, stopped: 'unknown' as const }
    due = stage.stage
    if (stage.evidence === true && live !== undefined && stronger(live, due) !== live) break
  }
  return { due, stopped: undefined }
}

const stronger = (a: RolloutStageName, b: RolloutStageName) => (stageNames.indexOf(a) >= stageNames.indexOf(b) ? a : b)

function checkStage(rolloutStage: RolloutStage, index: number, problems: Problems): void {
  const { stage, from, evidence } = rolloutStage
  const at = `stages[${index}]`
  if (!stageNames.includes(stage)) problems.add(`${at}.stage`, notOneOf(stage, stageNames))
  if (from !== undefined && dayOf(from) === undefined) {
    problems.add(`${at}.from`, `found ${JSON.stringify(from)}, expected a day. Write it as "2026-03-01".`)
  }
  if (index > 0 && from === undefined && !evidence && !Object.hasOwn(rolloutStage, 'when')) {
    const found = `found no day, no condition and no evidence for ${stage}`
    problems.add(at, `${found}, expected one of them. Add from, when or evidence.`)
  }
  if (evidence && (stage === 'none' || stage === 'quarantine-test')) {
    const found = `found true for ${stage}, which receivers treat as none`
    problems.add(`${at}.evidence`, `${found}, expected it for quarantine or reject. Remove it.`)
  }
}

function checkStep(before: RolloutStage, after: RolloutStage, index: number, skip: boolean, problems: Problems): void {
  const step = stageNames.indexOf(after.stage) - stageNames.indexOf(before.stage)
  const found = `found ${after.stage} after ${before.stage}`
  const at = `stages[${index}]`
  if (step < 1) {
    problems.add(at, `${found}, expected a stronger stage. Order them as ${stageNames.join(', ')}.`)
  } else if (step > 1 && !skip) {
    const between = stageNames.slice(stageNames.indexOf(before.stage) + 1, stageNames.indexOf(after.stage))
    problems.add(at, `${found}, expected ${between.join(', ')} between them. Add it, or set skipStages.`)
  }
  const [earlier, later] = [dayOf(before.from ?? ''), dayOf(after.from ?? '')]
  if (earlier !== undefined && later !== undefined && later <= earlier) {
    problems.add(`${at}.from`, `found ${after.from}, expected a day after ${before.from}. Put the stages in order.`)
  }
}
