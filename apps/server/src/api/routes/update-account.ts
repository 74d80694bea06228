import { renameAccount } from '../../store/accounts.ts'
import { accountOf } from '../access.ts'
import { accountAnswer, planNames } from '../account-answer.ts'
import { requireOwner } from '../account-owner.ts'
import { auditedAccount } from '../audited.ts'
import { route } from '../route.ts'

export const updateAccount = route('updateAccount', {
  privilege: 'write',
  ownerOnly: true,
  description: 'The slug does not change, because configurations refer to it.',
  async handle({ caller, params, body, audit }, { store, now }) {
    return store.transaction(async (tx) => {
      const account = await accountOf(tx, caller, params.id)
      requireOwner(caller, account)
      const { title } = body.account
      if (title !== undefined && title !== account.title) await renameAccount(tx, account.id, title, now())
      const renamed = await accountOf(tx, caller, String(account.id))
      await audit(tx, { ...auditedAccount(account), before: { title: account.title }, after: { title: renamed.title } })
      return accountAnswer(renamed, await planNames(tx, [renamed]))
    })
  },
})
