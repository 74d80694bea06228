import type { PlanEffect } from '@dmarc-as-code/dns/apply'
import { verdictOf } from '@dmarc-as-code/records'
import type { Diagnostics, Path, Unknown } from '@dmarc-as-code/terraform-plugin'
import { describeEffect } from './mail-effect.ts'

interface Words {
  /** What the plan is about, as behind "at": a domain or the name of a record. Terraform merges warnings that are equal. */
  readonly place: string
  /** The attribute that an effect is about. */
  readonly attribute: (effect: PlanEffect) => Path
  /** How what is live is kept, as a sentence; undefined where that is plain. */
  readonly advice: (effect: PlanEffect) => string | undefined
}

/**
 * What a plan says about its effects on mail: an error for each policy that becomes weaker without a reason, a warning where
 * something else is lost (TLS report addresses, hosts of an MTA-STS policy), where the effect is not known, and one where a reason is no longer needed.
 */
export function weakeningFindings(
  effects: readonly PlanEffect[],
  allowWeaker: string | null | Unknown,
  { place, attribute, advice }: Words,
  diagnostics: Diagnostics,
): void {
  for (const effect of effects) {
    const { words } = verdictOf([{ name: effect.domain, effect: effect.comparison }])
    if (effect.grade === 'unknown') {
      diagnostics.warning(words, describeEffect(effect), attribute(effect))
    } else if (effect.needsConsent && allowWeaker === null) {
      diagnostics.error(
        words,
        `${describeEffect(effect)}\n\n${[advice(effect), ''].filter((one) => one !== undefined).join(' ')}To go on, set \`allow_weaker\` to the reason why the protection may become weaker.`,
        attribute(effect),
      )
    } else if (effect.comparison?.weakens && !effect.needsConsent) {
      diagnostics.warning(words, describeEffect(effect), attribute(effect))
    }
  }
  const needed = effects.some(({ needsConsent, grade }) => needsConsent || grade === 'unknown')
  if (typeof allowWeaker !== 'string' || needed) return
  diagnostics.warning(
    `\`allow_weaker\` is not needed any more at ${place}`,
    'This plan weakens nothing. Remove the attribute, so that it does not cover the next change.',
    ['allow_weaker'],
  )
}
