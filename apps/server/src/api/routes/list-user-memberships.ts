import { userMembershipsOf } from '../../store/memberships.ts'
import { findUser } from '../../store/users.ts'
import { accountOf } from '../access.ts'
import { userMembershipAnswer } from '../membership-answer.ts'
import { route } from '../route.ts'

export const listUserMemberships = route('listUserMemberships', {
  privilege: 'read',
  description:
    'Users with access to the account, and the areas of the product they may use. The owner is not included.',
  async handle({ caller, params }, { store }) {
    const account = await accountOf(store.db, caller, params.account_id)
    const owner = await findUser(store.db, account.user_id)
    const memberships = await userMembershipsOf(store.db, account.id)
    return { account_owner_email: owner?.email ?? '', user_accounts: memberships.map(userMembershipAnswer) }
  },
})
