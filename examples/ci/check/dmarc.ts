import { compareDmarc, parseDmarc } from '@dmarc-as-code/records'
import { type Losses, lossesOf, refused } from './effect.ts'
import type { DomainChange } from './plan.ts'

/**
 * Compares what receivers do, by the records that are and will be published: `t=y` counts as one level less, `sp` follows `p`
 * where it is absent, and a report address that goes is a loss.
 */
export function weakerDmarc({ before, after, unknown }: DomainChange): Losses {
  const record = before.hosted_dmarc?.published_record
  if (record == null) return refused()
  const was = { own: parseDmarc(record) }
  const policy = was.own.effective?.applied.p ?? 'none'
  if (after?.hosted_dmarc == null && unknown.hosted_dmarc !== true) {
    return refused(`DMARC is no longer hosted (was p=${policy})`)
  }
  const next = after?.hosted_dmarc?.published_record
  if (next == null) return refused(`what DMARC will say is known only after the apply (was p=${policy})`)
  return lossesOf(compareDmarc(was, { own: parseDmarc(next) }))
}
