import { zoneFileTxt } from '@dmarc-as-code/records'
import type { PlanItem } from './judge.ts'
import type { Plan } from './plan.ts'

/** One line to enter in a panel, in the form its fields want. */
export interface PanelEntry {
  step: 'delete' | 'add'
  zone: string
  /** What goes into the name field. */
  name: string
  type: string
  value: string
  ttl: number
}

export interface Instructions {
  entries: PanelEntry[]
  /** The records to have as BIND zone text; what must go first stands in comments. */
  zoneText: string
  /** What cannot be done this way, and why. */
  blocked: { name: string; message: string }[]
  /** What stops nothing and should be known, such as a wildcard that has answered so far. */
  notes: { name: string; message: string }[]
}

/** What the fields of a service's panel want. A `DnsService` is one. */
export interface Panel {
  /** Whether it appends the zone to what is typed into the name field. */
  panelWantsRelativeNames: boolean
  /** Whether it appends the zone to a target without a final dot. */
  targetNeedsFinalDot: boolean
}

/**
 * What a person enters by hand to carry out a plan. `panel` says what the fields of the service want (see
 * `identifyDnsService`), for all zones or for each by its name; without it names are relative and targets without a final
 * dot, as most panels have it. What stands in the way of a conflict is listed for deletion: a person decides, so nothing
 * needs to be forced.
 */
export function manualInstructions(plan: Plan, panel?: Panel | ((zone: string) => Panel | undefined)): Instructions {
  const panelOf = typeof panel === 'function' ? panel : () => panel
  const todo = plan.items.filter((item) => item.action !== 'unchanged' && item.action !== 'blocked')
  return {
    entries: todo.flatMap((item) => entriesOf(item, panelOf(item.zone?.name ?? ''))),
    zoneText: zoneText(todo),
    blocked: plan.items
      .filter((item) => item.action === 'blocked')
      .map((item) => ({ name: item.record.name, message: item.message })),
    notes: todo.flatMap((item) => item.notes.map((message) => ({ name: item.record.name, message }))),
  }
}

function entriesOf(item: PlanItem, panel: Panel | undefined): PanelEntry[] {
  const name = (panel?.panelWantsRelativeNames ?? true) ? (item.relativeName ?? item.record.name) : item.record.name
  const base = { zone: item.zone?.name ?? '', name }
  const dot = panel?.targetNeedsFinalDot ? '.' : ''
  const { type, value, ttl } = item.record
  return [
    ...item.before.flatMap((set) =>
      set.values.map((old): PanelEntry => ({ ...base, step: 'delete', type: set.type, value: old, ttl: set.ttl })),
    ),
    { ...base, step: 'add', type, value: type === 'CNAME' ? `${value}${dot}` : value, ttl },
  ]
}

function zoneText(items: readonly PlanItem[]): string {
  const lines: string[] = []
  for (const [zone, group] of Map.groupBy(items, (item) => item.zone?.name ?? '')) {
    lines.push(`$ORIGIN ${zone}.`)
    for (const item of group) {
      const name = item.relativeName ?? item.record.name
      for (const set of item.before) {
        for (const value of set.values) lines.push(`; remove: ${name} ${set.ttl} IN ${set.type} ${value}`)
      }
      const { type, ttl, value } = item.record
      lines.push(`${name} ${ttl} IN ${type} ${type === 'CNAME' ? `${value}.` : zoneFileTxt(value)}`)
    }
  }
  return lines.length > 0 ? `${lines.join('\n')}\n` : ''
}
