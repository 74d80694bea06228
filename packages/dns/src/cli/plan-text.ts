import { printable, textTable } from '@dmarc-as-code/primitives'
import type { Instructions } from '../engine/instructions.ts'
import type { Plan } from '../engine/plan.ts'
import { describeSets } from '../engine/record-sets.ts'

/** A plan for people: a table, then what stands in the way and what should be known. */
export function planText(plan: Plan): string {
  const rows = plan.items.map((item) => [
    item.action,
    item.record.name,
    item.record.value,
    item.before.length === 0 ? '-' : describeSets(item.before),
    item.zone?.name ?? '-',
  ])
  const lines = textTable(['ACTION', 'RECORD', 'TARGET', 'THERE NOW', 'ZONE'], rows)
  for (const item of plan.items) {
    if (item.action === 'conflict' || item.action === 'blocked')
      lines.push(`${item.record.name}: ${printable(item.message)}`)
    for (const note of item.notes) lines.push(`${item.record.name}: ${printable(note)}`)
  }
  return lines.join('\n')
}

/**
 * What to enter by hand: for each service a table for its panel, then zone text for a file. `titleOf` says at which
 * service a zone is, where that is known.
 */
export function instructionsText(
  instructions: Instructions,
  titleOf: (zone: string) => string | undefined = () => undefined,
): string {
  const { entries, zoneText, blocked, notes } = instructions
  const lines: string[] = []
  for (const [title, group] of Map.groupBy(entries, (entry) => titleOf(entry.zone))) {
    lines.push(`Enter this at ${title ?? 'the service that hosts the zone'}:`, '')
    const rows = group.map((entry) => [entry.step, entry.zone, entry.name, entry.type, entry.value, `${entry.ttl}`])
    lines.push(...textTable(['STEP', 'ZONE', 'NAME', 'TYPE', 'VALUE', 'TTL'], rows), '')
  }
  if (entries.length > 0) lines.push('Or as zone text:', '', zoneText.trimEnd())
  for (const { name, message } of [...blocked, ...notes]) lines.push(`${name}: ${printable(message)}`)
  return lines.join('\n')
}
