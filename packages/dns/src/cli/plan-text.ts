import { printable, textTable } from '@dmarc-as-code/primitives'
import type { Verdict } from '@dmarc-as-code/records'
import type { InForce, PlanEffect } from '../effect/types.ts'
import type { Instructions } from '../engine/instructions.ts'
import type { Plan } from '../engine/plan.ts'
import { describeSets } from '../engine/record-sets.ts'
import { forPeople } from './for-people.ts'

/** Effects that are listed; a fleet has too many to read. */
const mostListed = 20

/** What a plan does to mail: the verdict in one line, then each change that weakens, and what is not known. */
export function verdictText({
  verdict,
  items,
}: {
  verdict: Verdict
  items: readonly { effect?: PlanEffect }[]
}): string[] {
  const effects = items.flatMap(({ effect }) => (effect ? [effect] : []))
  const weakening = effects.filter(({ comparison }) => comparison?.weakens)
  const unknown = effects.filter(({ grade }) => grade === 'unknown')
  const lines = [verdict.words]
  for (const { domain, messages, before, after } of weakening.slice(0, mostListed)) {
    for (const message of messages) lines.push(`  ${domain}: ${printable(message)}`)
    lines.push(`    now:   ${inForceText(before)}`, `    after: ${inForceText(after)}`)
  }
  if (weakening.length > mostListed) lines.push(`  and ${weakening.length - mostListed} more, see --json`)
  if (verdict.needsConsent && weakening.every(losesOnlyReports)) lines.push(onlyReportsText)
  for (const { domain, messages } of unknown.slice(0, mostListed)) {
    lines.push(`  Warning: ${domain}: ${printable(messages.join(' '))} So the effect is unknown.`)
  }
  if (unknown.length > mostListed) lines.push(`  and ${unknown.length - mostListed} more, see --json`)
  return lines.map(forPeople)
}

/** Nothing that receivers do to mail becomes weaker; whoever reads the reports at these addresses gets no more. */
const losesOnlyReports = ({ comparison }: PlanEffect): boolean =>
  comparison?.changes.every(({ grade, aspect }) => grade === 'stronger' || /reports$/.test(aspect)) ?? false

const onlyReportsText =
  '  No policy becomes weaker. A reason is needed because report addresses are lost: their readers no longer see who sends mail as the domain.'

/** One line, also for a policy file. */
function inForceText({ text, source }: InForce): string {
  if (text === undefined) return 'not known'
  const policy = text?.trim().split(/\r?\n/).join('; ')
  return printable(policy === undefined ? `no policy (${source})` : `${policy} (${source})`)
}

/** What to do about a plan that weakens what is live. */
export const consentText =
  'Take over the current policy at the host of the records first, or give the reason: --allow-weaker "..."'

/** A plan for people: its effect on mail, a table, then what stands in the way and what should be known. */
export function planText(plan: Plan): string {
  const rows = plan.items.map((item) => [
    item.action,
    ...[item.record.name, item.record.value, item.zone?.name ?? '-'].map(forPeople),
    // Last, because one long text would push every other column out of sight.
    item.before.length === 0 ? '-' : forPeople(describeSets(item.before)),
  ])
  const lines = [...verdictText(plan), '', ...textTable(['ACTION', 'RECORD', 'TARGET', 'ZONE', 'THERE NOW'], rows)]
  for (const item of plan.items) {
    if (item.action === 'conflict' || item.action === 'blocked')
      lines.push(forPeople(`${item.record.name}: ${printable(item.message)}`))
  }
  const notes = plan.items.flatMap(({ record, notes }) => notes.map((message) => ({ name: record.name, message })))
  return [...lines, ...noteLines(notes)].join('\n')
}

/** Remarks on names, those in the same words once: what holds for a zone concerns every name in it. */
function noteLines(notes: readonly { name: string; message: string }[]): string[] {
  return [...Map.groupBy(notes, ({ message }) => message)].map(([message, group]) => {
    const more = group.length > 1 ? ` and ${group.length - 1} more` : ''
    return forPeople(`${group[0]?.name}${more}: ${printable(message)}`)
  })
}

/**
 * What to enter by hand, names as A-labels, which every panel takes: for each service a table for its panel, then zone text for a file. `titleOf` says at which
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
    const rows = group.map((entry) => [
      entry.step,
      forPeople(entry.zone),
      entry.name,
      entry.type,
      `${entry.ttl}`,
      entry.value,
    ])
    lines.push(...textTable(['STEP', 'ZONE', 'NAME', 'TYPE', 'TTL', 'VALUE'], rows), '')
  }
  if (entries.length > 0) lines.push('Or as zone text:', '', zoneText.trimEnd())
  for (const { name, message } of [...blocked, ...notes]) lines.push(forPeople(`${name}: ${printable(message)}`))
  return lines.join('\n')
}
