import type { Selectable } from 'kysely'
import { wantedHosting } from '../rules/domain-settings.ts'
import { reportAddresses } from '../rules/report-addresses.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import { findDomain } from '../store/domains.ts'
import { hostingOf, hostingsAfter, setWantedRecords, wantedRecordsDiffer } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import { settingsOf } from '../store/settings.ts'
import type { DomainTable } from '../store/tables.ts'
import { lockUser } from '../store/users.ts'
import { schedule } from '../store/work.ts'

/** Hostings read at once, so that memory does not grow with their number. */
const batch = 500

/**
 * At startup: recomputes what is published from the domains' settings and the server's configuration, which may have
 * changed (a new report host).
 * Hostings that differ are published again.
 */
export async function refreshHostings(store: Store, zone: HostedZone, options: { now: () => number }): Promise<void> {
  const at = options.now()
  for (let after = ''; ; ) {
    const hostings = await hostingsAfter(store.db, after, batch)
    const last = hostings.at(-1)
    if (!last) return
    after = last.key
    const ids = hostings.flatMap(({ domain_id }) => domain_id ?? [])
    if (ids.length === 0) continue
    const domains = await store.db.selectFrom('domains').selectAll().where('id', 'in', ids).execute()
    const byId = new Map(domains.map((domain) => [domain.id, domain]))
    for (const hosting of hostings) {
      const domain = hosting.domain_id === null ? undefined : byId.get(hosting.domain_id)
      // What is switched off has nothing to recompute.
      if (!domain || (domain.hosted_dmarc === 0 && domain.hosted_mta_sts === 0)) continue
      if (wantedRecordsDiffer(hosting, wantedRecords(domain, zone))) await refresh(store, zone, domain, at)
    }
  }
}

/** Decides again under the lock that updates take: a change acknowledged since the first read is kept. */
async function refresh(store: Store, zone: HostedZone, read: Selectable<DomainTable>, at: number): Promise<void> {
  await store.transaction(async (tx) => {
    await lockUser(tx, store.engine, read.user_id)
    const domain = await findDomain(tx, read.id)
    if (!domain) return
    const hosting = await hostingOf(tx, domain.id)
    const wanted = wantedRecords(domain, zone)
    if (!wantedRecordsDiffer(hosting, wanted)) return
    await setWantedRecords(tx, hosting, wanted)
    await schedule(tx, 'publish', hosting.key, at)
  })
}

const wantedRecords = (domain: Selectable<DomainTable>, zone: HostedZone) =>
  wantedHosting(settingsOf(domain), domain.parked_domain === 1, reportAddresses(domain.report_id, zone.reportHost))
