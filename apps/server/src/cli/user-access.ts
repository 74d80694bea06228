import { changeUser } from './change-user.ts'
import type { Command } from './command.ts'
import { requiredOption } from './options.ts'

export const userDisable: Command = {
  name: 'user disable',
  summary: 'Refuses all tokens of a user at once. Their hosted records stay.',
  options: { email: { type: 'string' } },
  async run(input) {
    const email = requiredOption(input.values, 'email')
    await changeUser(input, 'user disable', email, { disabled_at: Date.now() })
    input.print(`User ${email} is disabled. Enable it again with: dmarc-server user enable --email ${email}`)
  },
}

export const userEnable: Command = {
  name: 'user enable',
  summary: 'Accepts the tokens of a disabled user again.',
  options: { email: { type: 'string' } },
  async run(input) {
    const email = requiredOption(input.values, 'email')
    await changeUser(input, 'user enable', email, { disabled_at: null })
    input.print(`User ${email} is enabled`)
  },
}
