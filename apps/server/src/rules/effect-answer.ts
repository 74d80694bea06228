import type { WireDmarcEffect } from '@dmarc-as-code/client/contract'
import type { DmarcEffect, MtaStsEffect } from '@dmarc-as-code/records'
import { reasonText } from '@dmarc-as-code/records/reasons'

type Judgement = Omit<WireDmarcEffect, 'before' | 'after'>

/** An effect in the form of the API. `advice` follows where it weakens; `nothing` says that nothing changes. */
export function changesOf(
  effect: DmarcEffect | MtaStsEffect,
  { advice, nothing }: { advice?: string | undefined; nothing: string },
): Judgement {
  const changes = effect.changes.map(({ aspect, grade, reason, before, after }) => {
    const message = reasonText('effect', reason, { before, after }).explanation
    return { aspect, grade, reason, message, before, after }
  })
  const sentences = changes.map(({ message }) => message)
  return {
    known: true,
    grade: effect.grade,
    weakens: effect.weakens,
    needs_consent: effect.needsConsent,
    message: [
      ...(sentences.length > 0 ? sentences : [nothing]),
      ...(effect.weakens && advice !== undefined ? [advice] : []),
    ].join(' '),
    changes,
  }
}

export const unknownEffect = (message: string): Judgement => ({
  known: false,
  grade: null,
  weakens: false,
  needs_consent: false,
  message: `${message} The effect is unknown.`,
  changes: [],
})
