import { parseConsent } from '@dmarc-as-code/records'
import { isKnown, type Problems } from '../problems.ts'

/** Checks a reason to weaken what is live, by the rule that all surfaces have. */
export function checkConsent(allowWeaker: string | undefined, problems: Problems): void {
  if (!isKnown(allowWeaker)) return
  const parsed = parseConsent(allowWeaker)
  if (!parsed.ok) problems.add('allowWeaker', parsed.finding.message)
}
