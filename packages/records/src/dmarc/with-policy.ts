import { RecordError } from '../record-error.ts'
import { formatDmarc } from './format.ts'
import { parseDmarc } from './parse.ts'
import { comparePolicies } from './tags.ts'

/**
 * A DMARC record with a policy that is in force for all mail, without test mode and `pct`; a stricter one stays. Null where the
 * text is no usable record, or one that cannot be written.
 */
export function recordWithPolicy(text: string, policy: 'quarantine' | 'reject'): string | null {
  const { tags, effective } = parseDmarc(text)
  if (effective === null) return null
  const p = tags.p !== undefined && comparePolicies(tags.p, policy) >= 0 ? tags.p : policy
  const { t: _, pct: __, ...rest } = tags
  try {
    return formatDmarc({ ...rest, p }, { defaults: 'keep' })
  } catch (error) {
    if (error instanceof RecordError) return null
    throw error
  }
}
