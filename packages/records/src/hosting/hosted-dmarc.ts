import { formatDmarc } from '../dmarc/format.ts'
import { type ParsedDmarc, parseDmarc } from '../dmarc/parse.ts'
import type { DmarcTags } from '../dmarc/tags.ts'
import { RecordError } from '../record-error.ts'
import { reportAddressOf, reportUriOf } from '../uri/report-address.ts'
import { sameReportUri } from '../uri/report-uri.ts'
import {
  type DmarcSettingName,
  type DmarcSettings,
  dmarcSettingNames,
  dmarcSettingTags,
  type ReadDmarcSettings,
  settingsOfTags,
  tagsOfSettings,
} from './dmarc-settings.ts'

/** A hosted DMARC record as settings that stand on the service's default record, or as a whole record. */
export interface HostedDmarcSettings extends DmarcSettings {
  /** Addresses for aggregate reports beyond the default's own, as e-mail addresses or URIs. */
  readonly extra_rua?: readonly string[] | null | undefined
  /** The same for failure reports. */
  readonly extra_ruf?: readonly string[] | null | undefined
  /** A whole record as text, instead of all other settings. */
  readonly record?: string | null | undefined
}

/** Settings that make one hosted record; only those that are needed. */
export type ReadHostedDmarc = {
  readonly [Name in DmarcSettingName]?: NonNullable<ReadDmarcSettings[Name]>
} & {
  readonly extra_rua?: readonly string[]
  readonly extra_ruf?: readonly string[]
  readonly record?: string
}

/**
 * The record that settings stand for, canonical. What they do not set is as in the service's default record, and the
 * default's report addresses are always in it. Throws RecordError when the record must not be published.
 */
export function hostedDmarcRecord(settings: HostedDmarcSettings, defaultRecord: string): string {
  const base = parseDmarc(defaultRecord).tags
  const tags = settings.record == null ? onTopOf(base, settings) : completed(settings.record, base)
  return formatDmarc(tags, { defaults: 'keep' })
}

/**
 * The shortest settings that `hostedDmarcRecord` turns into this record: the policy always, of the others those that
 * differ from the default. The whole record where settings cannot say it: they cannot take a tag of the default away, and
 * have no words for `psd`, `pct`, `rf`, `ri` and unknown tags. Never throws.
 */
export function hostedDmarcSettings(record: string, defaultRecord: string): ReadHostedDmarc {
  const [now, base] = [parseDmarc(record).tags, parseDmarc(defaultRecord).tags]
  const said = settingsOfTags(now)
  const usual = settingsOfTags(standing(base, now.p))
  const differing = dmarcSettingNames.filter(
    (name) => said[name] !== null && (name === 'policy' || said[name] !== usual[name]),
  )
  const [rua, ruf] = [extraReportUris(now.rua, base.rua), extraReportUris(now.ruf, base.ruf)]
  const settings: ReadHostedDmarc = {
    ...Object.fromEntries(differing.map((name) => [name, said[name]])),
    ...(rua.length > 0 && { extra_rua: rua.map(reportAddressOf) }),
    ...(ruf.length > 0 && { extra_ruf: ruf.map(reportAddressOf) }),
  }
  return isMadeBy(settings, record, defaultRecord) ? settings : { record }
}

/** Whether settings make this record, in whatever order and spelling. False where they make none. */
export function isMadeBy(settings: HostedDmarcSettings, record: string, defaultRecord: string): boolean {
  try {
    return sameDmarcRecord(hostedDmarcRecord(settings, defaultRecord), record)
  } catch {
    return false
  }
}

/** Whether two records say the same, in whatever order and spelling. Records with errors are the same only as texts. */
export function sameDmarcRecord(a: string, b: string): boolean {
  return a === b || comparable(parseDmarc(a)) === comparable(parseDmarc(b))
}

/** The report URIs beyond those of the default record, in whatever spelling. */
export function extraReportUris(list: readonly string[] | undefined, own: readonly string[] | undefined): string[] {
  return (list ?? []).filter((uri) => !own?.some((one) => sameReportUri(one, uri)))
}

function onTopOf(base: DmarcTags, settings: HostedDmarcSettings): DmarcTags {
  const own = tagsOfSettings(settings)
  return {
    ...standing(base, own.p ?? base.p),
    ...own,
    rua: union(base.rua, (settings.extra_rua ?? []).map(reportUriOf)),
    ruf: union(base.ruf, (settings.extra_ruf ?? []).map(reportUriOf)),
  }
}

/** What of the default stands beside a policy: its `sp` and `np` belong to its own `p` and must not outlive another. */
function standing(base: DmarcTags, policy: DmarcTags['p']): DmarcTags {
  if (policy === base.p) return base
  const kept = Object.entries(base).filter(([tag]) => !dependent.includes(tag))
  return Object.fromEntries(kept)
}

const dependent: readonly string[] = [
  dmarcSettingTags.policy,
  dmarcSettingTags.subdomain_policy,
  dmarcSettingTags.nonexistent_subdomain_policy,
]

function completed(record: string, base: DmarcTags): DmarcTags {
  const parsed = parseDmarc(record)
  if (parsed.errors.length > 0) throw new RecordError('This DMARC record must not be published.', parsed.errors)
  return { ...parsed.tags, rua: union(parsed.tags.rua, base.rua), ruf: union(parsed.tags.ruf, base.ruf) }
}

function comparable({ ok, tags, text }: ParsedDmarc): string {
  if (!ok) return text
  const sorted = (list: readonly string[] | undefined) => list && [...list].sort()
  return formatDmarc({ ...tags, rua: sorted(tags.rua), ruf: sorted(tags.ruf) })
}

function union(first: readonly string[] | undefined, second: readonly string[] | undefined): string[] {
  return [...(first ?? []), ...extraReportUris(second, first)]
}
