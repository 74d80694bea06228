import { type HostedDmarcSettings, hostedDmarcRecord } from '@dmarc-as-code/records'

/** `hosted_dmarc` of a configuration or a state. */
export interface DmarcToPublish extends HostedDmarcSettings {
  readonly from_current?: boolean | null | undefined
  /** What `from_current` has taken over. */
  readonly current_record?: string | null | undefined
  readonly gate?: unknown
  readonly published_record?: unknown
}

/**
 * The record that the `hosted_dmarc` of a configuration or a state stands for, canonical. Throws RecordError when it must
 * not be published.
 */
export function recordToPublish(settings: DmarcToPublish, defaultRecord: string): string {
  const { published_record: _, from_current: __, current_record: ___, gate: ____, ...said } = settings
  const base = baseRecord(settings, defaultRecord)
  const key = JSON.stringify([said, base])
  const known = made.get(key)
  if (known !== undefined) return known
  const record = hostedDmarcRecord(said, base)
  if (made.size >= LARGEST_CACHE) made.clear()
  made.set(key, record)
  return record
}

/** What settings stand on: the record that was taken over, with the service's addresses, else the service's default. */
export function baseRecord(
  { from_current, current_record }: Pick<DmarcToPublish, 'from_current' | 'current_record'>,
  defaultRecord: string,
): string {
  return from_current && current_record ? hostedDmarcRecord({ record: current_record }, defaultRecord) : defaultRecord
}

// Refresh and plan of a domain ask for the same record one after the other.
const made = new Map<string, string>()
const LARGEST_CACHE = 10_000
