import { countOf } from '@dmarc-as-code/primitives'
import { removeDomain } from '../api/remove-domain.ts'
import { recordChange } from '../store/audit.ts'
import { deletedOf, endGrace } from '../store/deleted-domains.ts'
import { domainsGoneWith } from '../store/domains.ts'
import { deleteUser, lockUser } from '../store/users.ts'
import { schedule } from '../store/work.ts'
import { commandActor } from './actor.ts'
import { auditedUser, userFields } from './audited-user.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { requiredOption } from './options.ts'
import { userOf, withStore } from './with-store.ts'

export const userDelete: Command = {
  name: 'user delete',
  summary:
    'Deletes a user with accounts, tokens and tags. A user with domains is refused; --domains delete deletes them too, with their hosted records, at once.',
  options: { email: { type: 'string' }, domains: { type: 'string' } },
  async run(input) {
    const email = requiredOption(input.values, 'email')
    const { domains: mode } = input.values
    if (mode !== undefined && mode !== 'delete') throw new CommandError('--domains takes only the word "delete".')
    const now = Date.now()
    const deleted = await withStore(input, (store) =>
      store.transaction(async (tx) => {
        const user = await lockUser(tx, store.engine, (await userOf(tx, email)).id)
        const domains = await domainsGoneWith(tx, user.id)
        if (domains.length > 0 && mode !== 'delete') {
          throw new CommandError(
            `${email} has ${countOf(domains.length, 'domain')}, whose hosted records would go. To delete them too, add: --domains delete`,
          )
        }
        const actor = commandActor()
        for (const domain of domains) {
          await removeDomain(tx, domain, { grace: 0, now })
          const { id, address } = domain
          const noted = {
            object: 'domain' as const,
            id,
            name: address,
            ownerId: user.id,
            before: { address },
            after: null,
          }
          await recordChange(tx, 'user delete', actor, noted, now)
        }
        for (const { hosting_key } of await deletedOf(tx, user.id)) {
          await endGrace(tx, hosting_key, now)
          await schedule(tx, 'publish', hosting_key, now)
        }
        await deleteUser(tx, user.id)
        const noted = { ...auditedUser(user), before: userFields(user), after: null }
        await recordChange(tx, 'user delete', actor, noted, now)
        return domains.length
      }),
    )
    const extent = deleted === 0 ? '' : ` with ${countOf(deleted, 'domain')}`
    input.print(
      `User ${email} was deleted${extent}. The audit log still names the person; remove that with: dmarc-server user erase --email ${email}`,
    )
  },
}
