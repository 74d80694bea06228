import { parseConsent } from '@dmarc-as-code/records'
import { isKnown, type Problems } from '../problems.ts'

/** Checks a reason to weaken what is live, or to tighten it without evidence, by the rule that all surfaces have. */
export function checkConsent(
  reasons: { readonly allowWeaker?: string | undefined; readonly acceptRisk?: string | undefined },
  problems: Problems,
): void {
  for (const prop of ['allowWeaker', 'acceptRisk'] as const) {
    const reason = reasons[prop]
    if (!isKnown(reason)) continue
    const parsed = parseConsent(reason)
    if (!parsed.ok) problems.add(prop, parsed.finding.message)
  }
}
