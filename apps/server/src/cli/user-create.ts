import { isPlanName, plans } from '../rules/plans.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import { createUser } from '../store/users.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { requiredOption, withStore } from './with-store.ts'

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
        return await createUser(store.db, { email, plan, now: Date.now() })
      } catch (error) {
        if (isUniqueViolation(error)) throw new CommandError(`User ${email} already exists.`)
        throw error
      }
    })
    input.print(`User ${user.id} ${user.email} (${user.plan})`)
  },
}
