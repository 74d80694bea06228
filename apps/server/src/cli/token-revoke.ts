import { tokenHash } from '../rules/secrets.ts'
import { revokeToken } from '../store/tokens.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { withStore } from './with-store.ts'

export const tokenRevoke: Command = {
  name: 'token revoke',
  summary:
    'Revokes the token in DMARC_SERVER_REVOKE (an environment variable, so that it stays out of the shell history).',
  options: {},
  async run(input) {
    const token = input.env.DMARC_SERVER_REVOKE?.trim()
    if (!token)
      throw new CommandError('DMARC_SERVER_REVOKE is not set. Set this environment variable to the token to revoke.')
    const env = { ...input.env, DMARC_SERVER_REVOKE: undefined }
    const known = await withStore({ values: input.values, env }, async (store) => {
      const hash = tokenHash(token)
      const row = await store.db.selectFrom('tokens').select('id').where('hash', '=', hash).executeTakeFirst()
      return row ? revokeToken(store.db, row.id, Date.now()) : false
    })
    if (!known) throw new CommandError('Unknown token: this server has no such token.')
    input.print('Token revoked')
  },
}
