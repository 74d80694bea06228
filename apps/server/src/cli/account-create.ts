import { newSlugSuffix } from '../rules/secrets.ts'
import { createAccount } from '../store/accounts.ts'
import { againOnCollision } from '../store/unique-violation.ts'
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
      const account = { userId: user.id, title, now: Date.now(), suffix: () => newSlugSuffix() }
      return againOnCollision(() => store.transaction((tx) => createAccount(tx, account)))
    })
    input.print(`Account ${account.id} ${account.slug}`)
  },
}
