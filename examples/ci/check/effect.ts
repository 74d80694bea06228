import type { EffectChange } from '@dmarc-as-code/records'
import { reasonText } from '@dmarc-as-code/records/reasons'

/** What takes something away, in the words of the catalogue of reasons. */
export function inWords(changes: readonly EffectChange[]): string[] {
  return changes
    .filter(({ grade }) => grade !== 'stronger')
    .map((change) => reasonText('effect', change.reason, change).explanation.replace(/\.$/, ''))
}
