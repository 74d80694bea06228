import { isDeepStrictEqual } from 'node:util'
import { type DomainSettings, wantedHosting } from '../rules/domain-settings.ts'
import { reportAddresses } from '../rules/report-addresses.ts'
import { type DomainView, updateDomain } from '../store/domains.ts'
import { hostingOf, setWantedRecords, wantedRecordsDiffer } from '../store/hostings.ts'
import type { Db } from '../store/open-store.ts'
import { settingColumns } from '../store/settings.ts'
import { forgetVerification } from '../store/verifications.ts'
import { schedule, unschedule } from '../store/work.ts'
import type { ApiContext } from './context.ts'

/** Milliseconds from switching hosting on to the first scheduled verification. */
const firstLookAfter = 10 * 60_000

/** Saves changed settings and updates what depends on them: the records to publish, scheduled and past verifications. */
export async function saveSettings(
  tx: Db,
  { zone, now, pace }: Pick<ApiContext, 'zone' | 'now' | 'pace'>,
  domain: DomainView,
  before: DomainSettings,
  after: DomainSettings,
): Promise<void> {
  // Sending the same settings again is not an update.
  if (isDeepStrictEqual(before, after)) return
  const at = now()
  await updateDomain(tx, domain, {
    ...settingColumns(after),
    settings_version: domain.settings_version + 1,
    ...(after.hosted_dmarc ? {} : { dmarc_status: 'dmarc_inactive' }),
    ...(after.hosted_mta_sts ? {} : { mta_sts_status: 'mta_sts_inactive' }),
    updated_at: at,
  })
  if (before.hosted_dmarc && !after.hosted_dmarc) await forgetVerification(tx, domain.id, 'dmarc')
  if (before.hosted_mta_sts && !after.hosted_mta_sts) await forgetVerification(tx, domain.id, 'mta_sts')

  const wanted = wantedHosting(after, domain.parked_domain === 1, reportAddresses(domain.report_id, zone.reportHost))
  const hosting = await hostingOf(tx, domain.id)
  if (wantedRecordsDiffer(hosting, wanted)) {
    await setWantedRecords(tx, hosting, wanted)
    await schedule(tx, 'publish', domain.key, at)
  }

  const hosts = after.hosted_dmarc || after.hosted_mta_sts
  const switchedOn = (after.hosted_dmarc && !before.hosted_dmarc) || (after.hosted_mta_sts && !before.hosted_mta_sts)
  if (!hosts) await unschedule(tx, 'verify', String(domain.id))
  else if (switchedOn) await schedule(tx, 'verify', String(domain.id), at + Math.round(firstLookAfter / pace))
}
