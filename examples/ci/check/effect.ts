import type { DmarcEffect, EffectChange, MtaStsEffect } from '@dmarc-as-code/records'
import { reasonText } from '@dmarc-as-code/records/reasons'

/** What a plan takes away, one line each. */
export interface Losses {
  /** Weakens protection: takes consent. */
  readonly refused: readonly string[]
  /** Is shown, and takes none. */
  readonly shown: readonly string[]
}

export const refused = (...lines: string[]): Losses => ({ refused: lines, shown: [] })

export function together(losses: readonly Losses[]): Losses {
  return { refused: losses.flatMap((one) => one.refused), shown: losses.flatMap((one) => one.shown) }
}

/** An effect by the rule of the records package, which every surface has, in the words of its catalogue of reasons. */
export function lossesOf({ changes, needsConsent }: DmarcEffect | MtaStsEffect): Losses {
  const lines = inWords(changes)
  return needsConsent ? refused(...lines) : { refused: [], shown: lines }
}

function inWords(changes: readonly EffectChange[]): string[] {
  return changes
    .filter(({ grade }) => grade !== 'stronger')
    .map((change) => reasonText('effect', change.reason, change).explanation.replace(/\.$/, ''))
}
