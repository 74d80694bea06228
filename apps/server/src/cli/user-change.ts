import { isPlanName, plans } from '../rules/plans.ts'
import { changeUser } from './change-user.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { numberOf, requiredOption } from './options.ts'

export const userChange: Command = {
  name: 'user change',
  summary: `Changes the plan of a user (${Object.keys(plans).join(', ')}) and the quotas. --domain-quota and --parked-quota: a number, or "plan" for that of the plan.`,
  options: {
    email: { type: 'string' },
    plan: { type: 'string' },
    'domain-quota': { type: 'string' },
    'parked-quota': { type: 'string' },
  },
  async run(input) {
    const email = requiredOption(input.values, 'email')
    const { plan, 'domain-quota': domains, 'parked-quota': parked } = input.values
    if (plan === undefined && domains === undefined && parked === undefined) {
      throw new CommandError('Nothing to change: pass --plan, --domain-quota or --parked-quota.')
    }
    if (plan !== undefined && !isPlanName(plan)) {
      throw new CommandError(`Unknown plan ${plan}. Choose from ${Object.keys(plans).join(', ')}.`)
    }
    const user = await changeUser(input, 'user change', email, {
      ...(plan === undefined ? {} : { plan }),
      ...(domains === undefined ? {} : { domain_quota: quotaOf(domains, 'domain-quota') }),
      ...(parked === undefined ? {} : { parked_quota: quotaOf(parked, 'parked-quota') }),
    })
    const shown = (quota: number | null) => quota ?? 'of the plan'
    input.print(
      `User ${user.id} ${user.email} (${user.plan}, domains: ${shown(user.domain_quota)}, parked: ${shown(user.parked_quota)})`,
    )
  },
}

const quotaOf = (text: string, option: string): number | null => (text === 'plan' ? null : numberOf(text, option))
