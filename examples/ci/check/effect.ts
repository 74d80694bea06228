import type { EffectChange, MailEffect } from '@dmarc-as-code/records'
import { reasonText } from '@dmarc-as-code/records/reasons'

/** What a plan takes away, one line each. */
export interface Losses {
  /** Weakens protection: takes consent. */
  readonly refused: readonly string[]
  /** Is shown, and takes none. */
  readonly shown: readonly string[]
  /** Could not be compared, since what is live could not be read: is shown as a warning, and refuses nothing. */
  readonly unread: readonly string[]
}

export const nothing: Losses = { refused: [], shown: [], unread: [] }
export const refused = (...lines: string[]): Losses => ({ ...nothing, refused: lines })
export const unread = (...lines: string[]): Losses => ({ ...nothing, unread: lines })

export function together(losses: readonly Losses[]): Losses {
  return {
    refused: losses.flatMap((one) => one.refused),
    shown: losses.flatMap((one) => one.shown),
    unread: losses.flatMap((one) => one.unread),
  }
}

/** An effect by the rule of the records package, which every surface has, in the words of its catalogue of reasons. */
export function lossesOf({ changes, needsConsent }: Pick<MailEffect, 'changes' | 'needsConsent'>): Losses {
  const lines = inWords(changes)
  return needsConsent ? refused(...lines) : { ...nothing, shown: lines }
}

function inWords(changes: readonly EffectChange[]): string[] {
  return changes
    .filter(({ grade }) => grade !== 'stronger')
    .map((change) => reasonText('effect', change.reason, change).explanation.replace(/\.$/, ''))
}
