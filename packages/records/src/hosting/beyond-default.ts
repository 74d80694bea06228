import { parseDmarc } from '../dmarc/parse.ts'
import type { DmarcTags } from '../dmarc/tags.ts'
import { sameReportUri } from '../uri/report-uri.ts'

/** What a hosted record says beyond the service's default record: the settings somebody would declare. */
export type BeyondDefault = Pick<DmarcTags, 'p' | 'sp' | 'np' | 'adkim' | 'aspf' | 'fo' | 't'> & {
  /** Further addresses; the default's own are always there. */
  readonly rua: readonly string[]
  readonly ruf: readonly string[]
}

/**
 * A hosted record as settings that stand on the service's default record: the policy always, of the other tags those that
 * the default does not have. Undefined where only the whole record says it: settings cannot take a tag of the default
 * away, and have no words for `psd`, `pct`, `rf`, `ri` and unknown tags. Never throws.
 */
export function beyondDefaultDmarc(record: string, defaultRecord: string): BeyondDefault | undefined {
  const [now, usual] = [parseDmarc(record).tags, parseDmarc(defaultRecord).tags]
  if (!canBeSaid(now, usual)) return undefined
  const differing = (['sp', 'np', 'adkim', 'aspf', 'fo', 't'] as const).filter(
    (tag) => now[tag] !== undefined && now[tag] !== usual[tag],
  )
  const further = (tag: 'rua' | 'ruf') =>
    (now[tag] ?? []).filter((uri) => !usual[tag]?.some((one) => sameReportUri(one, uri)))
  return {
    ...(now.p !== undefined && { p: now.p }),
    ...Object.fromEntries(differing.map((tag) => [tag, now[tag]])),
    rua: further('rua'),
    ruf: further('ruf'),
  }
}

const unsayable = ['psd', 'pct', 'rf', 'ri', 'other'] as const

/** The default's `sp` and `np` count only beside its own `p`. */
function canBeSaid(now: DmarcTags, usual: DmarcTags): boolean {
  const { sp, np, ...others } = usual
  const stays = now.p === usual.p ? usual : others
  const kept = (Object.keys(stays) as (keyof DmarcTags)[]).every((tag) => now[tag] !== undefined)
  return kept && unsayable.every((tag) => JSON.stringify(now[tag]) === JSON.stringify(stays[tag]))
}
