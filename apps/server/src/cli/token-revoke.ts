import { tokenHash } from '../rules/secrets.ts'
import { recordChange } from '../store/audit.ts'
import { findToken, findTokenByHash, revokeToken } from '../store/tokens.ts'
import { commandActor } from './actor.ts'
import { auditedToken, tokenFields } from './audited-token.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { numberOf } from './options.ts'
import { withStore } from './with-store.ts'

export const tokenRevoke: Command = {
  name: 'token revoke',
  summary:
    'Revokes a token at once: by --id, or the one in DMARC_SERVER_REVOKE (an environment variable, so that it stays out of the shell history).',
  options: { id: { type: 'string' } },
  async run(input) {
    const { id } = input.values
    const secret = input.env.DMARC_SERVER_REVOKE?.trim()
    if (id === undefined && !secret) {
      throw new CommandError(
        'Pass --id with the number of the token (dmarc-server token list), or set DMARC_SERVER_REVOKE to the token itself.',
      )
    }
    const env = { ...input.env, DMARC_SERVER_REVOKE: undefined }
    const number = id === undefined ? undefined : numberOf(id, 'id')
    const now = Date.now()
    const known = await withStore({ values: input.values, env }, (store) =>
      store.transaction(async (tx) => {
        const token =
          number === undefined ? await findTokenByHash(tx, tokenHash(secret ?? '')) : await findToken(tx, number)
        if (!token) return false
        await revokeToken(tx, token.id, now)
        const after = { ...tokenFields(token), revoked: true }
        const change = { ...auditedToken(token), before: tokenFields(token), after }
        await recordChange(tx, 'token revoke', commandActor(), change, now)
        return true
      }),
    )
    if (!known) throw new CommandError('Unknown token: this server has no such token.')
    input.print('Token revoked')
  },
}
