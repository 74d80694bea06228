import { Construct } from 'constructs'
import type { HostedDmarc } from '../hosted/dmarc.ts'
import { listed, notOneOf, Problems } from '../problems.ts'
import { dayOf, isOpen, policyOf, type RolloutStage, type RolloutStageName, stageNames } from './stages.ts'

export interface DmarcRolloutProps {
  /**
   * The stages in their order. The first begins at once; every other one has a day (`from`), a condition (`when`) or both.
   */
  readonly stages: readonly RolloutStage[]
  /**
   * Everything of hosted DMARC but the policy and the test mode.
   * @default - nothing further
   */
  readonly settings?: Omit<HostedDmarc, 'policy' | 'testMode' | 'record'>
  /**
   * The stage that is live now. With it, synthesis refuses to move by more than one stage, however many days have passed
   * since the last apply.
   * @default - not looked at
   */
  readonly live?: RolloutStageName
  /**
   * Allows to leave out stages, and to move by several at once.
   * @default false
   */
  readonly skipStages?: boolean
  /**
   * The time stages are judged by.
   * @default - now
   */
  readonly now?: Date
}

/**
 * The way from `p=none` to `p=reject` as data. Give it to a domain as `hostedDmarc`: what is published follows the days
 * and conditions of its stages, at the next apply after they hold. Where the condition of a stage no longer holds, it goes
 * back to the stage before.
 */
export class DmarcRollout extends Construct {
  /** The stage that is due. */
  readonly stage: RolloutStageName
  /** The stage after that, with what it waits for; undefined at the end. */
  readonly next: RolloutStage | undefined
  readonly #settings: DmarcRolloutProps['settings']

  constructor(scope: Construct, id: string, props: DmarcRolloutProps) {
    super(scope, id)
    const { stages, now = new Date() } = props
    const waiting = stages.findIndex((stage, index) => index > 0 && !isOpen(stage, now))
    const due = (waiting === -1 ? stages.length : waiting) - 1
    this.stage = stages[due]?.stage ?? 'none'
    this.next = stages[due + 1]
    this.#settings = props.settings
    this.#check(props).reportOn(this)
  }

  /** What the stage that is due publishes. */
  get hostedDmarc(): HostedDmarc {
    return { ...this.#settings, ...policyOf(this.stage) }
  }

  #check({ stages, live, skipStages = false, now }: DmarcRolloutProps): Problems {
    const problems = new Problems()
    if (now && Number.isNaN(now.getTime())) {
      problems.add('now', 'found a Date that is no time, expected one that is. Look at what it was made from.')
    }
    if (stages.length === 0)
      problems.add('stages', `found none, expected some of ${listed(stageNames)}. Add { stage: "none" }.`)
    stages.forEach((stage, index) => {
      checkStage(stage, index, problems)
      const before = stages[index - 1]
      if (before) checkStep(before, stage, index, skipStages, problems)
    })
    if (live !== undefined && !stageNames.includes(live)) problems.add('live', notOneOf(live, stageNames))
    else if (live !== undefined && !skipStages) this.#checkLive(live, problems)
    return problems
  }

  #checkLive(live: RolloutStageName, problems: Problems): void {
    const most = stageNames[stageNames.indexOf(live) + 1]
    if (most === undefined || stageNames.indexOf(this.stage) <= stageNames.indexOf(most)) return
    const found = `found ${this.stage} due while ${live} is live`
    problems.add('stages', `${found}, expected at most ${most}. Apply ${most} first, or set skipStages.`)
  }
}

function checkStage({ stage, from, when }: RolloutStage, index: number, problems: Problems): void {
  const at = `stages[${index}]`
  if (!stageNames.includes(stage)) problems.add(`${at}.stage`, notOneOf(stage, stageNames))
  if (from !== undefined && dayOf(from) === undefined) {
    problems.add(`${at}.from`, `found ${JSON.stringify(from)}, expected a day. Write it as "2026-03-01".`)
  }
  if (index > 0 && from === undefined && when === undefined) {
    problems.add(at, `found no day and no condition for ${stage}, expected one of them. Add from or when.`)
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
