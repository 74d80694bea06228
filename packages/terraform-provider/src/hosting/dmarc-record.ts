import { type DmarcTags, formatDmarc, parseDmarc, RecordError, sameReportUri } from '@dmarc-as-code/records'
import { type DmarcSettings, tagsOfSettings } from './dmarc-settings.ts'
import { reportUri } from './validators.ts'

/** The `hosted_dmarc` of a configuration: settings, or a whole record as text. */
export interface HostedDmarcSettings extends DmarcSettings {
  readonly extra_rua?: readonly string[] | null
  readonly extra_ruf?: readonly string[] | null
  readonly record?: string | null
}

/**
 * The record to publish, canonical. Settings stand on the service's default record: what they do not say is as in it. A
 * whole record is taken as it is. Either way the default record's report addresses are in it. Throws RecordError.
 */
export function recordToPublish(settings: HostedDmarcSettings, defaultRecord: string): string {
  const { published_record: _, ...said } = settings as HostedDmarcSettings & { published_record?: string }
  const key = JSON.stringify([said, defaultRecord])
  const known = made.get(key)
  if (known !== undefined) return known
  const record = makeRecord(said, defaultRecord)
  if (made.size >= LARGEST_CACHE) made.clear()
  made.set(key, record)
  return record
}

// Refresh and plan of a domain ask for the same record one after the other.
const made = new Map<string, string>()
const LARGEST_CACHE = 10_000

function makeRecord(settings: HostedDmarcSettings, defaultRecord: string): string {
  const base = parseDmarc(defaultRecord).tags
  return formatDmarc(settings.record == null ? onTopOf(base, settings) : completed(settings.record, base), {
    defaults: 'keep',
  })
}

function onTopOf(base: DmarcTags, settings: HostedDmarcSettings): DmarcTags {
  const { p, sp, np, ...rest } = base
  const own = tagsOfSettings(settings)
  // The default's policies belong together: a parked default has sp=reject, which must not outlive another p.
  const policies = own.p === undefined || own.p === p ? { p, sp, np } : {}
  return {
    ...rest,
    ...policies,
    ...own,
    rua: union(base.rua, (settings.extra_rua ?? []).map(reportUri)),
    ruf: union(base.ruf, (settings.extra_ruf ?? []).map(reportUri)),
  }
}

function completed(record: string, base: DmarcTags): DmarcTags {
  const parsed = parseDmarc(record)
  if (parsed.errors.length > 0) throw new RecordError('This DMARC record must not be published.', parsed.errors)
  return { ...parsed.tags, rua: union(parsed.tags.rua, base.rua), ruf: union(parsed.tags.ruf, base.ruf) }
}

/** The addresses beyond those of the default record. */
export function extraAddresses(list: readonly string[] | undefined, own: readonly string[] | undefined): string[] {
  return (list ?? []).filter((uri) => !own?.some((one) => sameReportUri(one, uri)))
}

/** Whether two records say the same, in whatever order and spelling. */
export function sameRecord(a: string, b: string): boolean {
  return a === b || comparable(a) === comparable(b)
}

function comparable(record: string): string {
  const { ok, tags, text } = parseDmarc(record)
  if (!ok) return text
  const sorted = (list: readonly string[] | undefined) => list && [...list].sort()
  return formatDmarc({ ...tags, rua: sorted(tags.rua), ruf: sorted(tags.ruf) })
}

function union(first: readonly string[] | undefined, second: readonly string[] | undefined): string[] {
  return [...(first ?? []), ...extraAddresses(second, first)]
}
