import { type TokenPrivilege, tokenPrivileges } from '@dmarc-as-code/client/contract'
import { accessibleAccounts } from '../store/accounts.ts'
import { recordChange } from '../store/audit.ts'
import { createToken, findToken } from '../store/tokens.ts'
import { commandActor } from './actor.ts'
import { auditedToken, tokenFields } from './audited-token.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { requiredOption, spanOf } from './options.ts'
import { userOf, withStore } from './with-store.ts'

export const tokenCreate: Command = {
  name: 'token create',
  summary:
    'Creates a token and prints it once. --privileges read,write,verify (default: all). --account limits it to one account, by id or slug. --expires 90d ends it (default: never).',
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    privileges: { type: 'string' },
    account: { type: 'string' },
    expires: { type: 'string' },
  },
  async run(input) {
    const email = requiredOption(input.values, 'email')
    const privileges = privilegesFrom(input.values.privileges)
    const { account: reference, expires, name = 'command line' } = input.values
    const now = Date.now()
    const expiresAt = expires === undefined ? null : now + spanOf(expires, 'expires')
    const token = await withStore(input, (store) =>
      store.transaction(async (tx) => {
        const user = await userOf(tx, email)
        const accounts = await accessibleAccounts(tx, user.id, null)
        const account = accounts.find(({ id, slug }) => String(id) === reference || slug === reference)
        if (reference !== undefined && !account)
          throw new CommandError(`${email} has no account ${reference}. Pass an id or slug of one of their accounts.`)
        const accountId = account?.id ?? null
        const created = await createToken(tx, { userId: user.id, accountId, name, privileges, expiresAt, now })
        const row = await findToken(tx, created.id)
        if (row) {
          const change = { ...auditedToken(row), before: null, after: tokenFields(row) }
          await recordChange(tx, 'token create', commandActor(), change, now)
        }
        return created.token
      }),
    )
    input.print(token)
  },
}

function privilegesFrom(text = tokenPrivileges.join(',')): TokenPrivilege[] {
  return text.split(',').map((word) => {
    const privilege = tokenPrivileges.find((known) => known === word.trim())
    if (!privilege) throw new CommandError(`Unknown privilege "${word}". Choose from ${tokenPrivileges.join(', ')}.`)
    return privilege
  })
}
