import { countOf } from '@dmarc-as-code/primitives'
import { auditedUsers, erasePerson } from '../store/audit.ts'
import { findUser } from '../store/users.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { numberOf } from './options.ts'
import { withStore } from './with-store.ts'

export const userErase: Command = {
  name: 'user erase',
  summary:
    'Removes from the audit log what names or locates a deleted user: email address, names, client addresses. By --email, or by --id.',
  options: { email: { type: 'string' }, id: { type: 'string' } },
  async run(input) {
    const { email, id } = input.values
    if ((email === undefined) === (id === undefined)) throw new CommandError('Pass either --email or --id.')
    const erased = await withStore(input, (store) =>
      store.transaction(async (tx) => {
        const userIds = id === undefined ? await auditedUsers(tx, email ?? '') : [numberOf(id, 'id')]
        if (userIds.length === 0) throw new CommandError(`The audit log does not name ${email}.`)
        let entries = 0
        for (const userId of userIds) {
          const present = await findUser(tx, userId)
          if (present) {
            throw new CommandError(
              `User ${present.email} exists. Delete it first, with: dmarc-server user delete --email ${present.email}`,
            )
          }
          entries += await erasePerson(tx, userId)
        }
        return entries
      }),
    )
    input.print(`Erased in ${countOf(erased, 'entry', 'entries')} of the audit log. Logs and backups are not touched.`)
  },
}
