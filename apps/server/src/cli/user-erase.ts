import { countOf } from '@dmarc-as-code/primitives'
import { auditedUser, erasePerson } from '../store/audit.ts'
import { findUser, findUserByEmail } from '../store/users.ts'
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
        const userId = id === undefined ? await auditedUser(tx, email ?? '') : numberOf(id, 'id')
        const present = email === undefined ? await findUser(tx, userId ?? 0) : await findUserByEmail(tx, email)
        if (present) {
          throw new CommandError(
            `User ${present.email} exists. Delete it first, with: dmarc-server user delete --email ${present.email}`,
          )
        }
        if (userId === undefined) throw new CommandError(`The audit log does not name ${email}.`)
        return erasePerson(tx, userId)
      }),
    )
    input.print(`Erased in ${countOf(erased, 'entry', 'entries')} of the audit log. Logs and backups are not touched.`)
  },
}
