import { recordChange } from '../store/audit.ts'
import { createToken, expireToken, findToken, privilegesOf } from '../store/tokens.ts'
import { commandActor } from './actor.ts'
import { auditedToken, tokenFields } from './audited-token.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { numberOf, requiredOption, spanOf } from './options.ts'
import { withStore } from './with-store.ts'

export const tokenRotate: Command = {
  name: 'token rotate',
  summary:
    'Creates a token with the rights of another one and prints it once. The old one ends after --overlap (default 24h). --expires 90d ends the new one (default: as long after its creation as the old one).',
  options: { id: { type: 'string' }, overlap: { type: 'string' }, expires: { type: 'string' } },
  async run(input) {
    const id = numberOf(requiredOption(input.values, 'id'), 'id')
    const overlap = spanOf(input.values.overlap ?? '24h', 'overlap')
    const { expires } = input.values
    const lifetime = expires === undefined ? undefined : spanOf(expires, 'expires')
    const now = Date.now()
    const secret = await withStore(input, (store) =>
      store.transaction(async (tx) => {
        const old = await findToken(tx, id)
        if (!old) throw new CommandError(`There is no token ${id}. List them with: dmarc-server token list`)
        if (old.revoked_at !== null || (old.expires_at !== null && old.expires_at <= now)) {
          throw new CommandError(`Token ${id} is revoked or expired. Create a new one with: dmarc-server token create`)
        }
        const span = lifetime ?? (old.expires_at === null ? null : old.expires_at - old.created_at)
        const made = await createToken(tx, {
          userId: old.user_id,
          accountId: old.account_id,
          name: old.name,
          privileges: privilegesOf(old),
          expiresAt: span === null ? null : now + span,
          now,
        })
        await expireToken(tx, old, now + overlap)
        const [ended, created] = [await findToken(tx, id), await findToken(tx, made.id)]
        if (!ended || !created) throw new Error(`token ${id} was rotated and cannot be read back`)
        const actor = commandActor()
        const ending = { ...auditedToken(old), before: tokenFields(old), after: tokenFields(ended) }
        await recordChange(tx, 'token rotate', actor, ending, now)
        const creation = { ...auditedToken(created), before: null, after: tokenFields(created) }
        await recordChange(tx, 'token rotate', actor, creation, now)
        return made.token
      }),
    )
    input.print(secret)
  },
}
