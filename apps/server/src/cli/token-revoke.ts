import { tokenHash } from '../rules/secrets.ts'
import { revokeToken } from '../store/tokens.ts'
import { CommandError } from './command-error.ts'
import type { Command } from './commands.ts'
import { withStore } from './with-store.ts'

export const tokenRevoke: Command = {
  name: 'token revoke',
  summary: 'Ends a token. It is read from DMARC_SERVER_REVOKE, so that it stays out of the shell history.',
  options: {},
  async run(input) {
    const token = input.env.DMARC_SERVER_REVOKE?.trim()
    if (!token) throw new CommandError('Put the token into the environment variable DMARC_SERVER_REVOKE.')
    const env = { ...input.env, DMARC_SERVER_REVOKE: undefined }
    const known = await withStore({ values: input.values, env }, async (store) => {
      const hash = tokenHash(token)
      const row = await store.db.selectFrom('tokens').select('id').where('hash', '=', hash).executeTakeFirst()
      return row ? revokeToken(store.db, row.id, Date.now()) : false
    })
    if (!known) throw new CommandError('This token is not known here.')
    input.print('The token was revoked.')
  },
}
