import type { Updateable } from 'kysely'
import { recordChange } from '../store/audit.ts'
import type { UserTable } from '../store/tables.ts'
import { changeUser as change, type User } from '../store/users.ts'
import { commandActor } from './actor.ts'
import { auditedUser, userFields } from './audited-user.ts'
import type { CommandInput } from './command.ts'
import { userOf, withStore } from './with-store.ts'

/** Changes a user, and notes it in the audit log. Answers the user as it is then. */
export function changeUser(
  input: CommandInput,
  command: string,
  email: string,
  fields: Updateable<UserTable>,
): Promise<User> {
  return withStore(input, (store) =>
    store.transaction(async (tx) => {
      const user = await userOf(tx, email)
      await change(tx, user.id, fields)
      const changed = await userOf(tx, email)
      const noted = { ...auditedUser(user), before: userFields(user), after: userFields(changed) }
      await recordChange(tx, command, commandActor(), noted, Date.now())
      return changed
    }),
  )
}
