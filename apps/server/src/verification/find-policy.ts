import type { CurrentRecords } from '../current/current-records.ts'
import { hostedTargets } from '../rules/hosted-names.ts'
import { policyText } from '../rules/mta-sts-policy.ts'
import { firstPolicy, takeOverPolicy } from '../rules/take-over-mta-sts.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import { findDomain, updateDomain } from '../store/domains.ts'
import { hostingOf, setWantedRecords } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import { settingsOf } from '../store/settings.ts'
import { lockUser } from '../store/users.ts'
import { schedule } from '../store/work.ts'

export interface FindPolicyContext {
  store: Store
  zone: HostedZone
  current: CurrentRecords
  now: () => number
}

/** Why hosted MTA-STS has no policy yet. */
export interface MissingPolicy {
  reason: 'no-mail-hosts' | 'unknown'
  message: string
  fix: string
}

/**
 * Gives hosted MTA-STS the policy it lacks: the live policy file, else mode testing with the domain's MX records. Returns
 * why there is none yet; undefined where there is one, or none is needed. Rejects only when the signal aborts.
 */
export async function findPolicy(
  domainId: number,
  { store, zone, current, now }: FindPolicyContext,
  signal?: AbortSignal,
): Promise<MissingPolicy | undefined> {
  const domain = await findDomain(store.db, domainId)
  if (!domain || domain.hosted_mta_sts === 0 || settingsOf(domain).mta_sts_policy) return undefined
  const { address } = domain
  const { key, live_policy: served } = await hostingOf(store.db, domainId)
  const live = await current.mtaSts({ domain: address, targets: hostedTargets(key, zone.zone), served }, signal)
  if (live.known && live.value.policy) {
    return save(takeOverPolicy(live.value.policy.tags).policy)
  }
  const hosts = await current.mailHosts(address, signal)
  if (!hosts.known) return { reason: 'unknown', message: hosts.message, fix: 'The look-up is repeated.' }
  if (hosts.value.length > 0) return save(firstPolicy(hosts.value).policy)
  return {
    reason: 'no-mail-hosts',
    message: `${address} has no MX records that name a mail host, so there is no policy to host yet.`,
    fix: `Add MX records to ${address}, or set mta_sts_policy.`,
  }

  async function save(policy: ReturnType<typeof firstPolicy>['policy']): Promise<undefined> {
    await store.transaction(async (tx) => {
      await lockUser(tx, store.engine, domain?.user_id ?? 0)
      const latest = await findDomain(tx, domainId)
      if (!latest || latest.hosted_mta_sts === 0 || settingsOf(latest).mta_sts_policy) return
      const hosting = await hostingOf(tx, domainId)
      await updateDomain(tx, latest, {
        mta_sts_mode: policy.mode,
        mta_sts_mx: policy.mx,
        mta_sts_mx_age: policy.mx_age,
        settings_version: latest.settings_version + 1,
        updated_at: now(),
      })
      const { dmarc_record, tls_rpt_record } = hosting
      await setWantedRecords(tx, hosting, { dmarc_record, tls_rpt_record, wanted_policy: policyText(policy) })
      await schedule(tx, 'publish', key, now())
    })
  }
}
