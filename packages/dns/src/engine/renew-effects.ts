import { mapLimited } from '@dmarc-as-code/primitives'
import { kindOfName, recordKindTable } from '@dmarc-as-code/records'
import { dmarcEffect } from '../effect/dmarc-effect.ts'
import type { LiveName } from '../effect/live-name.ts'
import type { MailView, PlanEffect } from '../effect/types.ts'
import { effectsOf, planVerdict } from './effects.ts'
import { liveAt, type PlanItem } from './judge.ts'
import type { Plan } from './plan.ts'
import { readAround } from './read-around.ts'
import { requireSameTarget } from './same-target.ts'
import type { CallOptions, DnsAdapter, HostedZone } from './types.ts'

/**
 * A kept plan with its effects on mail as they are now. `apply` refuses what has changed at the names of the plan; what answers
 * behind a target, at a wildcard or in a parent's zone may have changed as well, and decides whether the plan weakens anything.
 */
export async function renewEffects(
  plan: Plan,
  adapter: DnsAdapter,
  { view, signal }: CallOptions & { view: MailView },
): Promise<Plan> {
  requireSameTarget('The plan', plan, adapter)
  const placed = plan.items.filter(isPlaced)
  const at = await readAround(adapter, placed.map(spotOf), signal)
  const live = new Map(
    placed.map((item) => [item.record.name, liveAt(item.record.name, item.zone.name, at(spotOf(item)))]),
  )
  const cnames = placed.filter(({ record }) => record.type === 'CNAME')
  const arrivals = cnames.map((item) => ({
    name: item.record.name,
    target: item.record.value,
    live: live.get(item.record.name),
  }))
  const effects = await effectsOf(arrivals, view)
  const items = await mapLimited(plan.items, 8, async (item): Promise<PlanItem> => {
    if (item.action === 'unchanged' || item.action === 'blocked') return item
    const { effect: _, ...rest } = item
    const { name, type } = item.record
    const effect = type === 'TXT' ? await textEffect(item, live.get(name), view) : effects.get(name)
    return effect ? { ...rest, effect } : rest
  })
  return { ...plan, items, verdict: planVerdict(items) }
}

/** An ejection copies the DMARC record that the CNAME led to when the plan was made. */
async function textEffect(
  { record: { name }, after }: PlanItem,
  live: LiveName | undefined,
  view: MailView,
): Promise<PlanEffect | undefined> {
  if (kindOfName(name) !== 'dmarc') return undefined
  const domain = name.slice(recordKindTable.dmarc.prefix.length + 1)
  return dmarcEffect({ domain, live, next: { sets: after } }, view)
}

const isPlaced = (item: PlanItem): item is PlanItem & { zone: HostedZone } =>
  item.zone !== undefined && item.action !== 'blocked'

const spotOf = ({ zone, record: { name } }: PlanItem & { zone: HostedZone }) => ({ zone, name })
