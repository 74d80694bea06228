import { kindOfName, recordKindTable } from '@dmarc-as-code/records'
import { planVerdict } from './effects.ts'
import type { PlanItem } from './judge.ts'
import type { Plan } from './plan.ts'

/** A plan in two parts: what can be applied, with a verdict of its own, and what cannot. */
export interface ApplicablePart {
  plan: Plan
  skipped: PlanItem[]
}

/**
 * Leaves out what conflicts or is blocked, so that one name of a fleet does not hold up the others. The two names of MTA-STS
 * are skipped together: a policy that is announced and cannot be fetched, or the reverse, helps nobody.
 */
export function withoutObstacles(plan: Plan): ApplicablePart {
  const stopped = new Set(plan.items.filter(isObstacle).map(groupOf))
  const items = plan.items.filter((item) => !stopped.has(groupOf(item)))
  const skipped = plan.items.filter((item) => stopped.has(groupOf(item)))
  return { plan: { ...plan, items, verdict: planVerdict(items) }, skipped }
}

const isObstacle = ({ action }: PlanItem) => action === 'conflict' || action === 'blocked'

/** What is applied as a whole: the name, or MTA-STS of the domain. */
function groupOf({ record: { name } }: PlanItem): string {
  const kind = kindOfName(name)
  if (kind !== 'mta_sts_policy' && kind !== 'mta_sts_id') return name
  return `MTA-STS of ${name.slice(recordKindTable[kind].prefix.length + 1)}`
}
