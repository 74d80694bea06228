import { hostingEffect } from '../../rules/hosting-effect.ts'
import { planOf } from '../../rules/plans.ts'
import { reportAddresses } from '../../rules/report-addresses.ts'
import { deleteDomain as removeDomain } from '../../store/domains.ts'
import { findHosting, hostingOf, removeUnused, retireHosting } from '../../store/hostings.ts'
import { settingsOf } from '../../store/settings.ts'
import { lockUser } from '../../store/users.ts'
import { schedule, unschedule } from '../../store/work.ts'
import { domainOf } from '../access.ts'
import { hostingOutlook } from '../hosting-outlook.ts'
import { requireVersion } from '../if-match.ts'
import { route } from '../route.ts'

export const deleteDomain = route('deleteDomain', {
  privilege: 'write',
  description:
    'Removes the hosted records at once, except an MTA-STS policy that senders may have cached: its file and TXT record stay in mode none until the longest max_age has expired (RFC 8461 section 8.3). Remove the CNAMEs after that. `effect` says what the deletion does to mail.',
  async handle({ caller, params, query, ifMatch, log }, context) {
    const { store, zone, now } = context
    const { domain: seen } = await domainOf(store.db, caller, params.account_id, params.id)
    requireVersion(ifMatch, seen.address, seen.settings_version)
    const off = { hosted_dmarc: false, hosted_mta_sts: false }
    const outlook = await hostingOutlook(context, caller, seen, settingsOf(seen), off)

    const { address, effect } = await store.transaction(async (tx) => {
      const { domain } = await domainOf(tx, caller, params.account_id, params.id)
      requireVersion(ifMatch, domain.address, domain.settings_version)
      const owner = await lockUser(tx, store.engine, domain.user_id)
      const at = now()
      const unused = await removeUnused(tx, await hostingOf(tx, domain.id))
      await removeDomain(tx, domain)
      await unschedule(tx, 'verify', String(domain.id))
      if (!unused) {
        // Deleting the domain detaches its hosting, which is a new version of it.
        const hosting = await findHosting(tx, domain.key)
        if (hosting) await retireHosting(tx, hosting, at)
        await schedule(tx, 'publish', domain.key, at)
      }
      const facts = {
        address: domain.address,
        parked: domain.parked_domain === 1,
        plan: planOf(owner.plan),
        addresses: reportAddresses(domain.report_id, zone.reportHost),
      }
      return { address: domain.address, effect: hostingEffect(settingsOf(domain), null, facts, outlook) }
    })
    context.wakePublisher()
    if (query.allow_weaker !== undefined) {
      // The history goes with the domain.
      log.info({ domain: address, allow_weaker: query.allow_weaker, effect }, 'domain deleted with consent to weaken')
    }
    return { message: `${address} was deleted.`, status: 200 as const, ...(effect && { effect }) }
  },
})
