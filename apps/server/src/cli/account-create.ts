import { auditedAccount } from '../api/audited.ts'
import { newSlugSuffix } from '../rules/secrets.ts'
import { createAccount } from '../store/accounts.ts'
import { recordChange } from '../store/audit.ts'
import { retryOnCollision } from '../store/retry.ts'
import { commandActor } from './actor.ts'
import type { Command } from './command.ts'
import { requiredOption } from './options.ts'
import { userOf, withStore } from './with-store.ts'

export const accountCreate: Command = {
  name: 'account create',
  summary: 'Creates an account for a user.',
  options: { email: { type: 'string' }, title: { type: 'string' } },
  async run(input) {
    const title = requiredOption(input.values, 'title')
    const email = requiredOption(input.values, 'email')
    const account = await withStore(input, async (store) => {
      const user = await userOf(store.db, email)
      const now = Date.now()
      return retryOnCollision(() =>
        store.transaction(async (tx) => {
          const account = await createAccount(tx, { userId: user.id, title, now, suffix: () => newSlugSuffix() })
          const noted = { ...auditedAccount(account), before: null, after: { title, slug: account.slug } }
          await recordChange(tx, 'account create', commandActor(), noted, now)
          return account
        }),
      )
    })
    input.print(`Account ${account.id} ${account.slug}`)
  },
}
