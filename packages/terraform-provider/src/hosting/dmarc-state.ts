import { parseDmarc } from '@dmarc-as-code/records'
import { extraAddresses, type HostedDmarcSettings, recordToPublish, sameRecord } from './dmarc-record.ts'
import { type DmarcSettings, settingsOfTags } from './dmarc-settings.ts'
import { reportUri } from './validators.ts'

/** `hosted_dmarc` as it is stored. */
export interface HostedDmarcState extends Required<HostedDmarcSettings> {
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
  const published_record =
    before !== null && sameRecord(before.published_record ?? '', published) ? before.published_record : published
  if (before !== null && isAskedFor(before, published, defaultRecord)) return { ...before, published_record }
  const settings = { ...settingsOf(published, defaultRecord, before), record: null, published_record }
  // An imported record that settings have no words for (`pct`, say) is known by its text, so that writing it changes nothing.
  const asText = before === null ? !isAskedFor(settings, published, defaultRecord) : before.record != null
  return asText ? { ...nothing, record: published, published_record } : settings
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
}

function isAskedFor(settings: HostedDmarcState, published: string, defaultRecord: string | null): boolean {
  try {
    // Without a default record to stand on, the published one stands in: it holds the service's addresses.
    return sameRecord(recordToPublish(settings, defaultRecord ?? published), published)
  } catch {
    return false
  }
}

/** Settings that make this record. What is as in the default record, and was not written, is left out. */
function settingsOf(published: string, defaultRecord: string | null, before: HostedDmarcState | null) {
  const { tags } = parseDmarc(published)
  const base = parseDmarc(defaultRecord ?? '').tags
  const [now, usual] = [settingsOfTags(tags), settingsOfTags(base)]
  const setting = <K extends keyof DmarcSettings>(name: K) =>
    now[name] === usual[name] && (before?.[name] ?? null) === null ? null : now[name]
  return {
    // Always said: a configuration written from this should show the policy.
    policy: before === null ? now.policy : setting('policy'),
    subdomain_policy: setting('subdomain_policy'),
    nonexistent_subdomain_policy: setting('nonexistent_subdomain_policy'),
    dkim_alignment: setting('dkim_alignment'),
    spf_alignment: setting('spf_alignment'),
    failure_options: setting('failure_options'),
    test_mode: now.test_mode === null && before?.test_mode === false ? false : setting('test_mode'),
    extra_rua: addresses(extraAddresses(tags.rua, base.rua), before?.extra_rua ?? null),
    extra_ruf: addresses(extraAddresses(tags.ruf, base.ruf), before?.extra_ruf ?? null),
  }
}

function addresses(uris: readonly string[], before: readonly string[] | null): readonly string[] | null {
  if (uris.length === 0 && before === null) return null
  const written = new Map((before ?? []).map((address) => [reportUri(address), address]))
  return uris.map((uri) => written.get(uri) ?? uri.replace(/^mailto:(?=[^?%]*$)/, ''))
}
