import type { Instructions } from '../engine/instructions.ts'
import type { Plan } from '../engine/plan.ts'
import { describeSets } from '../engine/record-sets.ts'
import { printable, table } from './table.ts'

/** A plan for people: a table, then what stands in the way and what should be known. */
export function planText(plan: Plan): string {
  const rows = plan.items.map((item) => [
    item.action,
    item.record.name,
    item.record.value,
    item.before.length === 0 ? '-' : describeSets(item.before),
    item.zone?.name ?? '-',
  ])
  const lines = [table(['ACTION', 'RECORD', 'TARGET', 'THERE NOW', 'ZONE'], rows)]
  for (const item of plan.items) {
    if (item.action === 'conflict' || item.action === 'blocked')
      lines.push(`${item.record.name}: ${printable(item.message)}`)
    for (const note of item.notes) lines.push(`${item.record.name}: ${printable(note)}`)
  }
  return lines.join('\n')
}

/** What to enter by hand: a table for a panel, and zone text for a file. */
export function instructionsText(instructions: Instructions, service: string | undefined): string {
  const { entries, zoneText, blocked } = instructions
  const lines: string[] = []
  if (entries.length > 0) {
    lines.push(`Enter this at ${service ?? 'the service that hosts the zone'}:`, '')
    const rows = entries.map((entry) => [entry.step, entry.zone, entry.name, entry.type, entry.value, `${entry.ttl}`])
    lines.push(table(['STEP', 'ZONE', 'NAME', 'TYPE', 'VALUE', 'TTL'], rows))
    lines.push('', 'Or as zone text:', '', zoneText.trimEnd())
  }
  for (const { name, message } of blocked) lines.push(`${name}: ${printable(message)}`)
  return lines.join('\n')
}
