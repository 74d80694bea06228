import { formatDmarc, parseDmarc } from '@dmarc-as-code/records'

const strength = { none: 0, quarantine: 1, reject: 2 } as const

/**
 * A DMARC record with the policy of the target, in force for all mail: without test mode and `pct`. Null where the text is no
 * usable record, or one that cannot be written.
 */
export function recordWithPolicy(text: string, target: 'quarantine' | 'reject'): string | null {
  const { tags, effective } = parseDmarc(text)
  if (effective === null) return null
  const p = tags.p !== undefined && strength[tags.p] >= strength[target] ? tags.p : target
  const { t: _, pct: __, ...rest } = tags
  try {
    return formatDmarc({ ...rest, p }, { defaults: 'keep' })
  } catch {
    return null
  }
}
