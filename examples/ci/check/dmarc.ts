import { comparePolicies, parseDmarc } from '@dmarc-as-code/records'
import type { DomainChange } from './plan.ts'

const levels = ['p', 'sp', 'np'] as const
const alignments = ['adkim', 'aspf'] as const

/**
 * Compares what receivers really do, by the records that are and will be published: `t=y` counts as one level less, and
 * `sp` follows `p` where it is absent.
 */
export function weakerDmarc({ before, after, unknown }: DomainChange): string[] {
  const was = published(before.hosted_dmarc?.published_record)
  if (!was) return []
  const record = after?.hosted_dmarc?.published_record
  if (after?.hosted_dmarc == null && unknown.hosted_dmarc !== true) {
    return [`DMARC is no longer hosted (was p=${was.applied.p})`]
  }
  const will = published(record)
  if (!will) return [`what DMARC will say is known only after the apply (was p=${was.applied.p})`]
  return [
    ...levels
      .filter((level) => comparePolicies(will.applied[level], was.applied[level]) < 0)
      .map((level) => `${level} acts as ${will.applied[level]}, was ${was.applied[level]}`),
    ...alignments.filter((tag) => was[tag] === 's' && will[tag] === 'r').map((tag) => `${tag} is relaxed, was strict`),
    // Gone from the standard; many receivers still go by it.
    ...(was.applied.p !== 'none' && will.pct < was.pct ? [`pct is ${will.pct}, was ${was.pct}`] : []),
  ]
}

function published(record: string | null | undefined) {
  if (record == null) return undefined
  const { effective, rfc7489 } = parseDmarc(record)
  return effective && { ...effective, pct: rfc7489.effective?.pct ?? 100 }
}
