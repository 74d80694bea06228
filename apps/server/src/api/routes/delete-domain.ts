import { deleteDomain as removeDomain } from '../../store/domains.ts'
import { findHosting, retireHosting } from '../../store/hostings.ts'
import { lockUser } from '../../store/users.ts'
import { schedule, unschedule } from '../../store/work.ts'
import { domainOf } from '../access.ts'
import { requireVersion } from '../if-match.ts'
import { route } from '../route.ts'

export const deleteDomain = route('deleteDomain', {
  privilege: 'write',
  description:
    'Removes the hosted records at once, except an MTA-STS policy that senders may have cached: its file and TXT record stay in mode none until the longest max_age has expired (RFC 8461 section 8.3). Remove the CNAMEs after that.',
  async handle({ caller, params, ifMatch }, context) {
    const { store, now } = context
    const address = await store.transaction(async (tx) => {
      const { domain } = await domainOf(tx, caller, params.account_id, params.id)
      requireVersion(ifMatch, domain.address, domain.settings_version)
      await lockUser(tx, store.engine, domain.user_id)
      const at = now()
      await removeDomain(tx, domain)
      // Deleting the domain detaches its hosting, which is a new version of it.
      const hosting = await findHosting(tx, domain.key)
      if (hosting) await retireHosting(tx, hosting, at)
      await unschedule(tx, 'verify', String(domain.id))
      await schedule(tx, 'publish', domain.key, at)
      return domain.address
    })
    context.wakePublisher()
    return { message: `${address} was deleted.`, status: 200 as const }
  },
})
