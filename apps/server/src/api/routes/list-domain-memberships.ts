import { domainMembershipsOf } from '../../store/memberships.ts'
import { findUser } from '../../store/users.ts'
import { accountOf } from '../access.ts'
import { membershipAnswer } from '../membership-answer.ts'
import { route } from '../route.ts'

export const listDomainMemberships = route('listDomainMemberships', {
  privilege: 'read',
  description: 'By membership id. `timestamp` is when the domain came into the account.',
  async handle({ caller, params }, { store }) {
    const account = await accountOf(store.db, caller, params.account_id)
    const owner = await findUser(store.db, account.user_id)
    const memberships = await domainMembershipsOf(store.db, account.id)
    return {
      owner_email: owner?.email ?? '',
      account_managements: memberships.map((membership) => ({
        ...membershipAnswer(membership),
        account_title: account.title,
        domain_address: membership.address,
      })),
    }
  },
})
