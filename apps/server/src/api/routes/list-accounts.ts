import { accountsOf } from '../access.ts'
import { accountAnswer, planNames } from '../account-answer.ts'
import { pageOf } from '../paging.ts'
import { route } from '../route.ts'

export const listAccounts = route('listAccounts', {
  privilege: 'read',
  description: "`owned_accounts` are the caller's own, `accounts` those shared with the caller. Paging counts both.",
  async handle({ caller, query }, { store }) {
    const all = await accountsOf(store.db, caller)
    const page = pageOf(query)
    const some = page ? all.slice(page.offset, page.offset + page.limit) : all
    const plans = await planNames(store.db, some)
    const answers = some.map((account) => accountAnswer(account, plans))
    return {
      note: 'Use the id or the slug of an account as account_id.',
      owned_accounts: answers.filter(({ user_id }) => user_id === caller.userId),
      accounts: answers.filter(({ user_id }) => user_id !== caller.userId),
      ...(page ? { meta: { ...page.meta(all.length), total_accounts: all.length } } : {}),
    }
  },
})
