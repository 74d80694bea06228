import { reasonText } from '../reasons/catalogue.ts'
import type { DmarcEffect } from './dmarc.ts'
import { combined, type EffectGrade } from './grade.ts'
import type { MtaStsEffect } from './mta-sts.ts'
import type { TlsRptEffect } from './tls-rpt.ts'

/** What a change does to mail, by the standard it is about. */
export type MailEffect = DmarcEffect | MtaStsEffect | TlsRptEffect

/** What a change does at one name. */
export interface NamedEffect {
  /** The domain or record name, as it is shown to people. */
  readonly name: string
  /** Null where what is live, or what will be, could not be read. */
  readonly effect: MailEffect | null
}

/** What a change of many names does to mail, as a whole. */
export interface Verdict {
  /** Over all names whose effect is known; `incomparable` where one becomes stronger and another weaker. */
  readonly grade: EffectGrade
  /** One of the changes is refused without a reason in words (`parseConsent`). Unknown effects never need consent. */
  readonly needsConsent: boolean
  /** Names whose effect is unknown, in the order given: a warning, not a refusal. */
  readonly unknown: readonly string[]
  /** The first line of a plan: what becomes weaker, what becomes stronger, what is unknown. Whole sentences on one line. */
  readonly words: string
  /** One sentence for each change that weakens, with its name in front and what held before and holds after. */
  readonly details: readonly string[]
}

/** How many names a sentence lists before it counts. */
const namesListed = 3

/**
 * One verdict for the effects of a change at many names. A name may appear several times (its DMARC, MTA-STS and TLS-RPT).
 *
 * @example
 * verdictOf([{ name: 'example.com', effect: compareDmarc(live, planned) }]).words
 * // Weakens protection at example.com.
 */
export function verdictOf(effects: readonly NamedEffect[]): Verdict {
  const known = effects.flatMap(({ name, effect }) => (effect ? [{ name, effect }] : []))
  const names = (which: (effect: MailEffect) => boolean): string[] => [
    ...new Set(known.filter(({ effect }) => which(effect)).map(({ name }) => name)),
  ]
  const weaker = names((effect) => effect.weakens)
  const stronger = names((effect) => effect.grade === 'stronger').filter((name) => !weaker.includes(name))
  const unknown = [...new Set(effects.filter(({ effect }) => effect === null).map(({ name }) => name))]
  return {
    grade: combined(known.map(({ effect }) => effect.grade)),
    needsConsent: known.some(({ effect }) => effect.needsConsent),
    unknown,
    words: firstLine(weaker, stronger, unknown),
    details: known.flatMap(({ name, effect }) =>
      effect.changes
        .filter((change) => change.grade !== 'stronger')
        .map((change) => `${name}: ${reasonText('effect', change.reason, change).explanation}`),
    ),
  }
}

function firstLine(weaker: readonly string[], stronger: readonly string[], unknown: readonly string[]): string {
  const sentences = [
    ...(weaker.length > 0 ? [`Weakens protection at ${listed(weaker)}.`] : []),
    ...(stronger.length > 0 ? [`Strengthens protection at ${listed(stronger)}.`] : []),
    ...(unknown.length > 0
      ? [`The effect at ${listed(unknown)} is unknown: what is live, or what will be, could not be read.`]
      : []),
  ]
  return sentences.length > 0 ? sentences.join(' ') : 'Protection stays the same.'
}

function listed(names: readonly string[]): string {
  const shown = names.length > namesListed + 1 ? names.slice(0, namesListed) : names
  const rest = names.length - shown.length
  const words = rest > 0 ? [...shown, `${rest} more`] : shown
  return words.length === 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
