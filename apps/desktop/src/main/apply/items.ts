import type { PlanItem as EngineItem, Plan } from '@dmarc-as-code/dns/apply'
import { describeSets, relativeName } from '@dmarc-as-code/dns/apply'
import type { PlanItem } from '../../shared/apply.ts'
import type { DomainSummary, RecordKind, RecordView } from '../../shared/model.ts'

export const defaultTtl = 300

interface NeededRecord {
  readonly kind: RecordKind
  readonly name: string
  readonly target: string
}

/** The CNAMEs a domain needs: those the service named. */
export function neededRecords(domain: DomainSummary): NeededRecord[] {
  return domain.records.flatMap(({ kind, name, expected }) =>
    expected === undefined ? [] : [{ kind, name, target: expected }],
  )
}

function itemId(key: string, kind: RecordKind): string {
  return `${key} ${kind}`
}

/** The plan of the engine, in the page's words. */
export function itemsOfPlan(domain: DomainSummary, plan: Plan): PlanItem[] {
  return neededRecords(domain).flatMap((needed) => {
    const item = plan.items.find((other) => sameName(other.record.name, needed.name))
    return item ? [toItem(domain.key, needed, item)] : []
  })
}

const actions = {
  create: 'create',
  unchanged: 'right',
  replace: 'conflict',
  conflict: 'conflict',
  blocked: 'blocked',
} as const satisfies Record<EngineItem['action'], PlanItem['action']>

function toItem(key: string, needed: NeededRecord, item: EngineItem): PlanItem {
  const action = actions[item.action]
  const messages = [...(action === 'conflict' || action === 'blocked' ? [item.message] : []), ...item.notes]
  return {
    id: itemId(key, needed.kind),
    kind: needed.kind,
    name: needed.name,
    host: item.relativeName ?? needed.name,
    target: needed.target,
    ttl: item.record.ttl,
    action,
    existing: action === 'conflict' ? describeSets(item.before).split('\n') : [],
    outcome: 'waiting',
    ...(messages.length > 0 ? { message: messages.join(' ') } : {}),
  }
}

/** The lines to paste, from what the service last saw: for zones the app cannot read through an API. */
export function manualItems(domain: DomainSummary, zone: string): PlanItem[] {
  return neededRecords(domain).map((needed) => {
    const view = domain.records.find((record) => record.kind === needed.kind)
    return {
      id: itemId(domain.key, needed.kind),
      ...needed,
      host: relativeName(needed.name, zone),
      ttl: defaultTtl,
      action: manualAction(view),
      existing: view?.found && view.status === 'misconfigured' ? [view.found] : [],
      outcome: 'waiting' as const,
    }
  })
}

function manualAction(view: RecordView | undefined): PlanItem['action'] {
  if (view?.status === 'verified') return 'right'
  return view?.status === 'misconfigured' ? 'conflict' : 'create'
}

export function sameName(a: string, b: string): boolean {
  return a.toLowerCase().replace(/\.$/, '') === b.toLowerCase().replace(/\.$/, '')
}
