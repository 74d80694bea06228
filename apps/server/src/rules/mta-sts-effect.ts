import type { WireMtaStsEffect } from '@dmarc-as-code/client/contract'
import { compareMtaSts, type MtaStsSituation } from '@dmarc-as-code/records'
import { changesOf, unknownEffect } from './effect-answer.ts'

/** What a change of the MTA-STS policy does to mail. */
export function mtaStsEffect(
  before: MtaStsSituation,
  after: MtaStsSituation,
  words: { advice?: string | undefined; nothing: string },
): WireMtaStsEffect {
  return { ...changesOf(compareMtaSts(before, after), words), before: state(before), after: state(after) }
}

export const unknownMtaStsEffect = (message: string): WireMtaStsEffect => ({
  ...unknownEffect(message),
  before: null,
  after: null,
})

function state(policy: MtaStsSituation): NonNullable<WireMtaStsEffect['before']> {
  if (!policy?.ok) return { mode: 'none', mx: [], max_age: 0 }
  const { mode = 'none', mx, max_age = 0 } = policy.tags
  return { mode, mx: [...mx], max_age }
}
