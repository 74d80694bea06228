import { newSlugSuffix } from '../rules/secrets.ts'
import { createAccount } from '../store/accounts.ts'
import { lockUser } from '../store/users.ts'
import type { Command } from './commands.ts'
import { needed, userOf, withStore } from './with-store.ts'

export const accountCreate: Command = {
  name: 'account create',
  summary: 'Creates an account that belongs to the user with this address.',
  options: { email: { type: 'string' }, title: { type: 'string' } },
  async run(input) {
    const title = needed(input.values, 'title')
    const email = needed(input.values, 'email')
    const account = await withStore(input, async (store) => {
      const user = await userOf(store, email)
      return store.transaction(async (tx) => {
        await lockUser(tx, store.engine, user.id)
        return createAccount(tx, { userId: user.id, title, now: Date.now(), suffix: () => newSlugSuffix() })
      })
    })
    input.print(`Account ${account.id} ${account.slug}`)
  },
}
