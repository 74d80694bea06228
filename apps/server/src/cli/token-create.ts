import { type TokenPrivilege, tokenPrivileges } from '@dmarc-as-code/client/contract'
import { accessibleAccounts } from '../store/accounts.ts'
import { createToken } from '../store/tokens.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { requiredOption, userOf, withStore } from './with-store.ts'

export const tokenCreate: Command = {
  name: 'token create',
  summary:
    'Creates a token and prints it once. --privileges read,write,verify (default: all). --account limits it to one account, by id or slug.',
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    privileges: { type: 'string' },
    account: { type: 'string' },
  },
  async run(input) {
    const email = requiredOption(input.values, 'email')
    const privileges = privilegesOf(input.values.privileges)
    const reference = input.values.account
    const { token } = await withStore(input, async (store) => {
      const user = await userOf(store, email)
      const accounts = await accessibleAccounts(store.db, user.id, null)
      const account = accounts.find(({ id, slug }) => String(id) === reference || slug === reference)
      if (reference !== undefined && !account)
        throw new CommandError(`${email} has no account ${reference}. Pass an id or slug of one of their accounts.`)
      const name = input.values.name ?? 'command line'
      return createToken(store.db, {
        userId: user.id,
        accountId: account?.id ?? null,
        name,
        privileges,
        now: Date.now(),
      })
    })
    input.print(token)
  },
}

function privilegesOf(text = tokenPrivileges.join(',')): TokenPrivilege[] {
  return text.split(',').map((word) => {
    const privilege = tokenPrivileges.find((known) => known === word.trim())
    if (!privilege) throw new CommandError(`Unknown privilege "${word}". Choose from ${tokenPrivileges.join(', ')}.`)
    return privilege
  })
}
