import { notFound } from '../../rules/problem.ts'
import { findUserMembership } from '../../store/memberships.ts'
import { numericId } from '../../store/numeric-id.ts'
import { accountOf } from '../access.ts'
import { userMembershipAnswer } from '../membership-answer.ts'
import { route } from '../route.ts'

export const showUserMembership = route('getUserMembership', {
  privilege: 'read',
  description: '`id` is the id of the membership, not of the user.',
  async handle({ caller, params }, { store }) {
    const account = await accountOf(store.db, caller, params.account_id)
    const membership = await findUserMembership(store.db, account.id, numericId(params.id) ?? 0)
    if (!membership) throw notFound('user membership', params.id)
    return userMembershipAnswer(membership)
  },
})
