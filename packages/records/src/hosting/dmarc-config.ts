import { formatDmarc } from '../dmarc/format.ts'
import { parseDmarc } from '../dmarc/parse.ts'
import type { DmarcTags } from '../dmarc/tags.ts'
import { type Finding, finding, type Place } from '../finding.ts'
import { scanTagList } from '../text/tag-list.ts'
import { sameReportUri } from '../uri/report-uri.ts'
import { parkedDmarcFindings } from './parked.ts'

/** Options of `validateHostedDmarcConfig`. */
export interface HostedDmarcOptions {
  /** A parked domain must keep p=reject, and sp=reject where sp is given. Default false. */
  readonly parked?: boolean
}

/** What became of a custom record for hosted DMARC. */
export interface HostedDmarcCheck {
  /** True when the record may be published. */
  readonly ok: boolean
  /** The text to publish, canonical, every tag given kept; null unless ok. */
  readonly text: string | null
  /** The tags that were understood. */
  readonly tags: DmarcTags
  /** The default addresses the custom record has dropped. */
  readonly missing: { readonly rua: readonly string[]; readonly ruf: readonly string[] }
  /** Why it cannot be hosted; empty where it can. */
  readonly errors: readonly Finding[]
  /** What to know before it is hosted. */
  readonly warnings: readonly Finding[]
}

/**
 * Judges a custom record for hosted DMARC: free of errors, with `p`, and keeping every `rua` and `ruf` address of the
 * default record. Addresses are compared as parsed URIs (scheme and host without case, sizes dropped), so order,
 * spacing and further addresses are the user's own. Never throws.
 */
export function validateHostedDmarcConfig(
  custom: string,
  defaultRecord: string,
  options: HostedDmarcOptions = {},
): HostedDmarcCheck {
  const record = parseDmarc(custom)
  const wanted = parseDmarc(defaultRecord).tags
  const missing = { rua: dropped('rua', record.tags, wanted), ruf: dropped('ruf', record.tags, wanted) }
  const errors = [...record.errors]
  const isRecord = record.tags.v !== undefined
  // One cause, one finding: a text that is no record, or whose p is already refused, is not reported twice.
  if (isRecord && record.warnings.some((one) => one.code === 'p-missing')) {
    const parts = {
      wrong: 'A hosted record must have p',
      expected: 'p=none, p=quarantine or p=reject',
      next: 'Add p after the version.',
    }
    errors.push(finding('hosted-p-missing', end(custom), parts, 'p'))
  }
  if (isRecord) {
    errors.push(...missing.rua.map((uri) => droppedFinding('rua', uri, custom)))
    errors.push(...missing.ruf.map((uri) => droppedFinding('ruf', uri, custom)))
    if (options.parked) errors.push(...parkedDmarcFindings(record))
  }
  const ok = errors.length === 0
  const text = ok ? formatDmarc(record.tags, { defaults: 'keep' }) : null
  return { ok, text, tags: record.tags, missing, errors, warnings: record.warnings }
}

function dropped(tag: 'rua' | 'ruf', custom: DmarcTags, wanted: DmarcTags): string[] {
  return (wanted[tag] ?? []).filter((uri) => !custom[tag]?.some((one) => sameReportUri(one, uri)))
}

function droppedFinding(tag: 'rua' | 'ruf', uri: string, custom: string): Finding {
  const piece = scanTagList(custom).find((one) => one.name.toLowerCase() === tag)
  const parts = {
    wrong: `A default address is missing from ${tag}`,
    ...(piece ? { found: piece.text } : {}),
    expected: `${uri} among its addresses`,
    next: `Add ${uri} to ${tag}: without it the service receives no reports.`,
  }
  return finding(tag === 'rua' ? 'hosted-rua-missing' : 'hosted-ruf-missing', piece ?? end(custom), parts, tag)
}

function end(text: string): Place {
  return { start: text.length, end: text.length }
}
