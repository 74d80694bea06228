import { Problem } from '../../rules/problem.ts'
import { accountIsEmpty, deleteAccount as removeAccount } from '../../store/accounts.ts'
import { lockUser } from '../../store/users.ts'
import { accountOf } from '../access.ts'
import { requireOwner } from '../account-owner.ts'
import { auditedAccount } from '../audited.ts'
import { route } from '../route.ts'

export const deleteAccount = route('deleteAccount', {
  privilege: 'write',
  ownerOnly: true,
  allAccounts: 'Deleting an account',
  description:
    'An account that contains domains is refused with 422, because the domains would lose their hosted records.',
  async handle({ caller, params, audit }, { store }) {
    const title = await store.transaction(async (tx) => {
      const { user_id } = await accountOf(tx, caller, params.id)
      await lockUser(tx, store.engine, user_id)
      // Read again under the lock: another request may have deleted it.
      const account = await accountOf(tx, caller, params.id)
      requireOwner(caller, account)
      if (!(await accountIsEmpty(tx, account.id))) {
        const message = `Account ${account.slug} contains domains. Delete them or remove them from it first.`
        throw new Problem(422, message, [{ field: '', code: 'account_not_empty', message }])
      }
      await removeAccount(tx, account.id)
      await audit(tx, { ...auditedAccount(account), before: { title: account.title, slug: account.slug }, after: null })
      return account.title
    })
    return { message: `${title} was deleted.`, status: 200 as const }
  },
})
