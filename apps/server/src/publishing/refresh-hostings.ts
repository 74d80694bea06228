import { wantedHosting } from '../rules/domain-settings.ts'
import { reportAddresses } from '../rules/report-addresses.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import { activeHostings, setWantedRecords, wantedRecordsDiffer } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import { settingsOf } from '../store/settings.ts'
import { schedule } from '../store/work.ts'

/**
 * At startup: recomputes what is published from the domains' settings and the server's configuration, which may have
 * changed (a new report host). Hostings that differ are published again; with `everything`, all are compared with the
 * zone.
 */
export async function refreshHostings(
  store: Store,
  zone: HostedZone,
  options: { now: () => number; everything: boolean },
): Promise<void> {
  const at = options.now()
  await store.transaction(async (tx) => {
    const domains = await tx
      .selectFrom('domains')
      .selectAll()
      .where((where) => where.or([where('hosted_dmarc', '=', 1), where('hosted_mta_sts', '=', 1)]))
      .execute()
    const byId = new Map(domains.map((domain) => [domain.id, domain]))
    for (const hosting of await activeHostings(tx)) {
      const domain = hosting.domain_id === null ? undefined : byId.get(hosting.domain_id)
      const addresses = domain && reportAddresses(domain.report_id, zone.reportHost)
      const wanted = domain && addresses && wantedHosting(settingsOf(domain), domain.parked_domain === 1, addresses)
      const differs = wanted !== undefined && wantedRecordsDiffer(hosting, wanted)
      if (differs) await setWantedRecords(tx, hosting.key, wanted)
      if (differs || options.everything) await schedule(tx, 'publish', hosting.key, at)
    }
  })
}
