import { notFound } from '../../rules/problem.ts'
import { findDomainMembership } from '../../store/memberships.ts'
import { numericId } from '../../store/numeric-id.ts'
import { accountOf } from '../access.ts'
import { membershipAnswer } from '../membership-answer.ts'
import { route } from '../route.ts'

export const showDomainMembership = route('getDomainMembership', {
  privilege: 'read',
  description: '`id` is the id of the membership, not of the domain.',
  async handle({ caller, params }, { store }) {
    const account = await accountOf(store.db, caller, params.account_id)
    const membership = await findDomainMembership(store.db, account.id, numericId(params.id) ?? 0)
    if (!membership) throw notFound('domain membership', params.id)
    return membershipAnswer(membership)
  },
})
