import { mapLimited } from '@dmarc-as-code/primitives'
import { kindOfName, recordKindTable } from '@dmarc-as-code/records'
import { dmarcEffect } from '../effect/dmarc-effect.ts'
import type { MailView, PlanEffect } from '../effect/types.ts'
import { planVerdict } from './effects.ts'
import type { PlanItem } from './judge.ts'
import { type Plan, plan as planAgain } from './plan.ts'
import { readNames } from './read-names.ts'
import { requireSameTarget } from './same-target.ts'
import type { CallOptions, DnsAdapter, RecordSet, WantedRecord } from './types.ts'

/**
 * A kept plan with its effects on mail as they are now. `apply` refuses what has changed at the names of the plan; what answers
 * behind a target, at a wildcard or in a parent's zone may have changed as well, and decides whether the plan weakens anything.
 */
export async function renewEffects(
  kept: Plan,
  adapter: DnsAdapter,
  { view, signal }: CallOptions & { view: MailView },
): Promise<Plan> {
  requireSameTarget('The plan', kept, adapter)
  const placed = kept.items.filter(({ zone, action }) => zone !== undefined && action !== 'blocked')
  const wanted = placed.flatMap(({ record: { name, type, value, ttl } }): WantedRecord[] =>
    type === 'CNAME' ? [{ name, type, value, ttl }] : [],
  )
  const fresh =
    wanted.length > 0 ? (await planAgain(wanted, adapter, { conflict: kept.conflict, view, signal })).items : []
  const byName = new Map(fresh.map((item) => [item.record.name, item]))
  const texts = placed.filter(({ record }) => record.type === 'TXT').map(({ record }) => record.name)
  const at = await readNames(adapter, texts, signal)
  const items = await mapLimited(kept.items, 8, async (item): Promise<PlanItem> => {
    if (item.action === 'unchanged' || item.action === 'blocked') return item
    const { effect: before, ...rest } = item
    const { name, type } = item.record
    const now = byName.get(name)
    const effect =
      type === 'TXT' ? await textEffect(item, at(name).sets, view) : now?.action === 'blocked' ? before : now?.effect
    return effect ? { ...rest, effect } : rest
  })
  return { ...kept, items, verdict: planVerdict(items) }
}

/** An ejection copies the DMARC record that the CNAME led to when the plan was made. */
async function textEffect(
  { record: { name }, after }: PlanItem,
  live: RecordSet[],
  view: MailView,
): Promise<PlanEffect | undefined> {
  if (kindOfName(name) !== 'dmarc') return undefined
  const domain = name.slice(recordKindTable.dmarc.prefix.length + 1)
  return dmarcEffect({ domain, live: { sets: live }, next: { sets: after } }, view)
}
