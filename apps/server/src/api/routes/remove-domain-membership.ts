import { notFound, Problem } from '../../rules/problem.ts'
import { findDomain, updateDomain } from '../../store/domains.ts'
import {
  findDomainMembership,
  membershipCount,
  removeDomainMembership as removeMembership,
} from '../../store/memberships.ts'
import { numericId } from '../../store/numeric-id.ts'
import { lockUser } from '../../store/users.ts'
import { accountOf } from '../access.ts'
import { auditedDomain } from '../audited.ts'
import { route } from '../route.ts'

export const removeDomainMembership = route('removeDomainMembership', {
  privilege: 'write',
  description:
    'By membership id. A domain cannot be removed from its last account: delete the domain, or add it to another account first.',
  async handle({ caller, params, audit }, { store }) {
    const address = await store.transaction(async (tx) => {
      const account = await accountOf(tx, caller, params.account_id)
      await lockUser(tx, store.engine, account.user_id)
      const membership = await findDomainMembership(tx, account.id, numericId(params.id) ?? 0)
      if (!membership) throw notFound('domain membership', params.id)
      // Another account's owner may remove the domain from that account at the same time; the version admits only one.
      const domain = await findDomain(tx, membership.domain_id)
      if (domain) await updateDomain(tx, domain, {})
      if ((await membershipCount(tx, membership.domain_id)) === 1) {
        const message = `${membership.address} is in no other account. Delete the domain, or add it to another account first.`
        throw new Problem(422, message, [{ field: 'id', code: 'invalid_value', message }])
      }
      await removeMembership(tx, membership.id)
      if (domain) {
        const described = auditedDomain({ ...domain, account_id: account.id })
        await audit(tx, { ...described, before: { member_of: account.slug }, after: {} })
      }
      return membership.address
    })
    return { message: `${address} was removed from the account.`, status: 200 as const }
  },
})
