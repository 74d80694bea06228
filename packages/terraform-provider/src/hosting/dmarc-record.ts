import { type HostedDmarcSettings, hostedDmarcRecord } from '@dmarc-as-code/records'

/**
 * The record that the `hosted_dmarc` of a configuration or a state stands for, canonical. Throws RecordError when it must
 * not be published.
 */
export function recordToPublish(
  settings: HostedDmarcSettings & { readonly published_record?: unknown },
  defaultRecord: string,
): string {
  const { published_record: _, ...said } = settings
  const key = JSON.stringify([said, defaultRecord])
  const known = made.get(key)
  if (known !== undefined) return known
  const record = hostedDmarcRecord(said, defaultRecord)
  if (made.size >= LARGEST_CACHE) made.clear()
  made.set(key, record)
  return record
}

// Refresh and plan of a domain ask for the same record one after the other.
const made = new Map<string, string>()
const LARGEST_CACHE = 10_000
