import { isPlanName, plans } from '../rules/plans.ts'
import { recordChange } from '../store/audit.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import { createUser } from '../store/users.ts'
import { commandActor } from './actor.ts'
import { auditedUser, userFields } from './audited-user.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { requiredOption } from './options.ts'
import { withStore } from './with-store.ts'

export const userCreate: Command = {
  name: 'user create',
  summary: `Creates a user. Plans: ${Object.keys(plans).join(', ')} (default standard).`,
  options: { email: { type: 'string' }, plan: { type: 'string' } },
  async run(input) {
    const email = requiredOption(input.values, 'email')
    const plan = input.values.plan ?? 'standard'
    if (!/^\S+@\S+$/.test(email)) throw new CommandError(`${email} is not an email address.`)
    if (!isPlanName(plan)) throw new CommandError(`Unknown plan ${plan}. Choose from ${Object.keys(plans).join(', ')}.`)
    const user = await withStore(input, async (store) => {
      try {
        const now = Date.now()
        return await store.transaction(async (tx) => {
          const user = await createUser(tx, { email, plan, now })
          const noted = { ...auditedUser(user), before: null, after: userFields(user) }
          await recordChange(tx, 'user create', commandActor(), noted, now)
          return user
        })
      } catch (error) {
        if (isUniqueViolation(error)) throw new CommandError(`User ${email} already exists.`)
        throw error
      }
    })
    input.print(`User ${user.id} ${user.email} (${user.plan})`)
  },
}
