import { hostingEffect } from '../../rules/hosting-effect.ts'
import { planOf } from '../../rules/plans.ts'
import { reportAddresses } from '../../rules/report-addresses.ts'
import { settingsOf } from '../../store/settings.ts'
import { lockUser } from '../../store/users.ts'
import { domainOf } from '../access.ts'
import { auditedDomain, domainFields } from '../audited.ts'
import { hostingOutlook } from '../hosting-outlook.ts'
import { requireVersion } from '../if-match.ts'
import { isoTime } from '../iso-time.ts'
import { removeDomain } from '../remove-domain.ts'
import { route } from '../route.ts'

export const deleteDomain = route('deleteDomain', {
  privilege: 'write',
  description:
    'Removes the hosted records at once. Where they enforce a policy (DMARC with quarantine or reject, MTA-STS in mode enforce) they stay until `kept_until`, 24 hours unless the operator chose another time, and `restore` undoes the deletion. Afterwards an MTA-STS policy that senders may have cached stays, file and TXT record, in mode none until the longest max_age has expired (RFC 8461 section 8.3). Remove the CNAMEs after that. `effect` says what the deletion does to mail.',
  async handle({ caller, params, query, ifMatch, audit, log }, context) {
    const { store, zone, now, deletionGrace: grace } = context
    const { domain: seen } = await domainOf(store.db, caller, params.account_id, params.id)
    requireVersion(ifMatch, seen.address, seen.settings_version)
    const off = { hosted_dmarc: false, hosted_mta_sts: false }
    const outlook = await hostingOutlook(context, caller, seen, settingsOf(seen), off)

    const { address, effect, keptUntil } = await store.transaction(async (tx) => {
      const { domain } = await domainOf(tx, caller, params.account_id, params.id)
      requireVersion(ifMatch, domain.address, domain.settings_version)
      const owner = await lockUser(tx, store.engine, domain.user_id)
      const keptUntil = await removeDomain(tx, domain, { grace, now: now() })
      const consent = query.allow_weaker === undefined ? {} : { allow_weaker: query.allow_weaker }
      await audit(tx, { ...auditedDomain(domain), before: { ...domainFields(domain), ...consent }, after: null })
      const facts = {
        address: domain.address,
        parked: domain.parked_domain === 1,
        plan: planOf(owner.plan),
        addresses: reportAddresses(domain.report_id, zone.reportHost),
      }
      const effect = hostingEffect(settingsOf(domain), null, facts, outlook)
      return { address: domain.address, effect, keptUntil }
    })
    context.wakePublisher()
    if (query.allow_weaker !== undefined) {
      // The history goes with the domain.
      log.info({ domain: address, allow_weaker: query.allow_weaker, effect }, 'domain deleted with consent to weaken')
    }
    if (keptUntil === undefined) {
      return { message: `${address} was deleted.`, status: 200 as const, ...(effect && { effect }) }
    }
    const kept_until = isoTime(keptUntil)
    const message = `${address} was deleted. Its hosted records stay until ${kept_until}; until then it can be restored.`
    return { message, status: 200 as const, kept_until, ...(effect && { effect }) }
  },
})
