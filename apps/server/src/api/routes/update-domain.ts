import { isDeepStrictEqual } from 'node:util'
import { changedSettings } from '../../rules/domain-settings.ts'
import { planOf } from '../../rules/plans.ts'
import { refused } from '../../rules/problem.ts'
import { reportAddresses } from '../../rules/report-addresses.ts'
import { domainViews, raiseSettingsVersion } from '../../store/domains.ts'
import { settingsOf } from '../../store/settings.ts'
import { setDomainTags } from '../../store/tags.ts'
import { lockUser } from '../../store/users.ts'
import { domainOf } from '../access.ts'
import { chooseTags } from '../choose-tags.ts'
import { domainAnswer } from '../domain-answer.ts'
import { requireVersion } from '../if-match.ts'
import { route } from '../route.ts'
import { saveSettings } from '../save-settings.ts'

export const updateDomain = route('updateDomain', {
  privilege: 'write',
  description:
    'A partial update. Hosted MTA-STS requires `mta_sts_report` and a policy and is refused for parked domains; a custom record must contain the rua and ruf addresses of this server. `tag_ids` and `tag_names` together replace the tags.',
  async handle({ caller, params, body, ifMatch }, context) {
    const { store, zone } = context
    const answer = await store.transaction(async (tx) => {
      const found = await domainOf(tx, caller, params.account_id, params.id)
      const owner = await lockUser(tx, store.engine, found.domain.user_id)
      // Read again under the lock, so that concurrent updates do not overwrite each other's fields.
      const { account, domain } = await domainOf(tx, caller, params.account_id, String(found.domain.id))
      requireVersion(ifMatch, domain.address, domain.settings_version)

      const { tag_ids, tag_names, ...change } = body.domain
      const chosen = await chooseTags(tx, owner.id, { tag_ids, tag_names })
      if (chosen.faults.length > 0) throw refused(chosen.faults)
      const before = settingsOf(domain)
      const after = changedSettings(before, change, {
        address: domain.address,
        parked: domain.parked_domain === 1,
        plan: planOf(owner.plan),
        addresses: reportAddresses(domain.report_id, zone.reportHost),
      })
      if (chosen.ids && !isSameSet(chosen.ids, domain.tags)) {
        await setDomainTags(tx, domain.id, chosen.ids)
        if (isDeepStrictEqual(before, after)) await raiseSettingsVersion(tx, domain)
      }
      await saveSettings(tx, context, domain, before, after)
      const [view] = await domainViews(tx, { accountIds: [account.id], reference: String(domain.id) })
      if (!view) throw new Error(`domain ${domain.id} was updated and cannot be read back`)
      return domainAnswer(view, zone)
    })
    context.wakePublisher()
    return answer
  },
})

const isSameSet = (ids: readonly number[], tags: readonly { id: number }[]): boolean =>
  ids.length === tags.length && tags.every(({ id }) => ids.includes(id))
