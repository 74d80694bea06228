import {
  type DmarcSettingName,
  extraReportUris,
  type HostedDmarcSettings,
  hostedDmarcSettings,
  parseDmarc,
  reportAddressOf,
  sameDmarcRecord,
  settingsOfTags,
} from '@dmarc-as-code/records'
import { baseRecord, recordToPublish } from './dmarc-record.ts'

/** `hosted_dmarc` as it is stored. */
export type HostedDmarcState = {
  readonly [Name in keyof HostedDmarcSettings]-?: Exclude<HostedDmarcSettings[Name], undefined>
} & {
  readonly from_current: boolean | null
  readonly gate: string | null
  readonly current_record: string | null
  readonly published_record: string
}

/**
 * What is published, in the words of the configuration. As long as the record is what the stored settings ask for, they
 * stay exactly as they are written; otherwise the settings show what really is there, so that the plan shows the drift.
 */
export function readHostedDmarc(
  published: string,
  defaultRecord: string | null,
  before: HostedDmarcState | null,
): HostedDmarcState {
  if (before !== null && isAskedFor(before, published, defaultRecord)) return { ...before, published_record: published }
  // An import takes what makes the same record, so that writing it changes nothing.
  if (before === null)
    return { ...nothing, ...hostedDmarcSettings(published, defaultRecord ?? ''), published_record: published }
  if (before.record != null && !before.from_current)
    return { ...nothing, gate: before.gate, record: published, published_record: published }
  const { from_current, gate, current_record } = before
  const base = defaultRecord === null ? null : baseRecord(before, defaultRecord)
  return {
    ...drifted(published, base, before),
    from_current,
    gate,
    current_record,
    record: null,
    published_record: published,
  }
}

const nothing = {
  policy: null,
  subdomain_policy: null,
  nonexistent_subdomain_policy: null,
  dkim_alignment: null,
  spf_alignment: null,
  failure_options: null,
  test_mode: null,
  extra_rua: null,
  extra_ruf: null,
  record: null,
  from_current: null,
  gate: null,
  current_record: null,
}

function isAskedFor(settings: HostedDmarcState, published: string, defaultRecord: string | null): boolean {
  try {
    // Without a default record to stand on, the published one stands in: it holds the service's addresses.
    return sameDmarcRecord(recordToPublish(settings, defaultRecord ?? published), published)
  } catch {
    return false
  }
}

/** What the record says. What is as in the default record, and was not written, is left out. */
function drifted(published: string, defaultRecord: string | null, before: HostedDmarcState) {
  const { tags } = parseDmarc(published)
  const base = parseDmarc(defaultRecord ?? '').tags
  const [now, usual] = [settingsOfTags(tags), settingsOfTags(base)]
  const setting = <Name extends DmarcSettingName>(name: Name) =>
    now[name] === usual[name] && before[name] === null ? null : now[name]
  return {
    policy: setting('policy'),
    subdomain_policy: setting('subdomain_policy'),
    nonexistent_subdomain_policy: setting('nonexistent_subdomain_policy'),
    dkim_alignment: setting('dkim_alignment'),
    spf_alignment: setting('spf_alignment'),
    failure_options: setting('failure_options'),
    test_mode: now.test_mode === null && before.test_mode === false ? false : setting('test_mode'),
    extra_rua: addresses(extraReportUris(tags.rua, base.rua), before.extra_rua),
    extra_ruf: addresses(extraReportUris(tags.ruf, base.ruf), before.extra_ruf),
  }
}

function addresses(uris: readonly string[], before: readonly string[] | null): readonly string[] | null {
  return uris.length === 0 && before === null ? null : uris.map(reportAddressOf)
}
