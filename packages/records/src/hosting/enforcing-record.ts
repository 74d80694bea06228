import { formatDmarc } from '../dmarc/format.ts'
import { parseDmarc } from '../dmarc/parse.ts'
import { comparePolicies } from '../dmarc/tags.ts'
import { RecordError } from '../record-error.ts'

/**
 * A DMARC record with at least this policy, in force for all mail: without test mode and `pct`. Everything else stays. Null where
 * the text is no usable record, or one that cannot be written.
 *
 * @example
 * enforcingDmarc('v=DMARC1; p=none; t=y; rua=mailto:a@example.com', 'quarantine') // v=DMARC1; p=quarantine; rua=mailto:a@example.com
 */
export function enforcingDmarc(text: string, policy: 'quarantine' | 'reject'): string | null {
  const { tags, effective } = parseDmarc(text)
  if (effective === null) return null
  const p = tags.p !== undefined && comparePolicies(tags.p, policy) >= 0 ? tags.p : policy
  const { t: _, pct: _pct, ...rest } = tags
  try {
    return formatDmarc({ ...rest, p }, { defaults: 'keep' })
  } catch (error) {
    if (error instanceof RecordError) return null
    throw error
  }
}
