import { newSlugSuffix } from '../rules/secrets.ts'
import { createAccount } from '../store/accounts.ts'
import { retryOnCollision } from '../store/retry.ts'
import type { Command } from './command.ts'
import { requiredOption, userOf, withStore } from './with-store.ts'

export const accountCreate: Command = {
  name: 'account create',
  summary: 'Creates an account for a user.',
  options: { email: { type: 'string' }, title: { type: 'string' } },
  async run(input) {
    const title = requiredOption(input.values, 'title')
    const email = requiredOption(input.values, 'email')
    const account = await withStore(input, async (store) => {
      const user = await userOf(store, email)
      const account = { userId: user.id, title, now: Date.now(), suffix: () => newSlugSuffix() }
      return retryOnCollision(() => store.transaction((tx) => createAccount(tx, account)))
    })
    input.print(`Account ${account.id} ${account.slug}`)
  },
}
