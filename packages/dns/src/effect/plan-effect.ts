import type { MailEffect } from '@dmarc-as-code/records'
import { reasonText } from '@dmarc-as-code/records/reasons'
import type { Found, InForce, PlanEffect } from './types.ts'

type About = Pick<PlanEffect, 'policy' | 'domain'>

/** The effect where both sides are known. */
export function comparedEffect(about: About, before: InForce, after: InForce, comparison: MailEffect): PlanEffect {
  const { grade, needsConsent, changes } = comparison
  const weakerFirst = [...changes].sort(
    (one, other) => Number(one.grade === 'stronger') - Number(other.grade === 'stronger'),
  )
  const messages = weakerFirst.map((change) => reasonText('effect', change.reason, change).explanation)
  return { ...about, before, after, grade, needsConsent, messages, comparison }
}

/** The effect where a side is not known. */
export function unknownEffect(
  about: About,
  before: Found<{ found: InForce }>,
  after: Found<{ found: InForce }>,
): PlanEffect {
  const shown = (side: Found<{ found: InForce }>): InForce =>
    'unknown' in side ? { source: side.unknown } : side.value.found
  const messages = [before, after].flatMap((side) => ('unknown' in side ? [side.unknown] : []))
  const unknown = { grade: 'unknown', needsConsent: false, messages, comparison: null } as const
  return { ...about, before: shown(before), after: shown(after), ...unknown, messages }
}
