import { userMembershipAreas } from '@dmarc-as-code/client/contract'
import { accountByReference } from '../store/accounts.ts'
import { recordChange } from '../store/audit.ts'
import { removeUserMembership, setUserMembership } from '../store/memberships.ts'
import type { Db } from '../store/open-store.ts'
import type { User } from '../store/users.ts'
import { commandActor } from './actor.ts'
import type { Command, CommandInput } from './command.ts'
import { CommandError } from './command-error.ts'
import { requiredOption } from './options.ts'
import { userOf, withStore } from './with-store.ts'

export const accountShare: Command = {
  name: 'account share',
  summary: `Gives another user access to an account. --areas (default domains): ${userMembershipAreas.join(', ')}; without "domains" the user sees nothing of the account here.`,
  options: { account: { type: 'string' }, email: { type: 'string' }, areas: { type: 'string' } },
  async run(input) {
    const areas = areasOf(input.values.areas ?? 'domains')
    await change(input, 'account share', (tx, accountId, user) =>
      setUserMembership(tx, { accountId, userId: user.id, areas }),
    )
    input.print(`Account ${input.values.account} is shared with ${input.values.email} (${areas.join(', ')})`)
  },
}

export const accountUnshare: Command = {
  name: 'account unshare',
  summary: 'Takes the access to an account from a user.',
  options: { account: { type: 'string' }, email: { type: 'string' } },
  async run(input) {
    await change(input, 'account unshare', async (tx, accountId, user) => {
      const before = await removeUserMembership(tx, accountId, user.id)
      if (before === null) throw new CommandError(`Account ${input.values.account} is not shared with ${user.email}.`)
      return { before, after: null }
    })
    input.print(`Account ${input.values.account} is not shared with ${input.values.email} any more`)
  },
}

async function change(
  input: CommandInput,
  command: string,
  perform: (
    tx: Db,
    accountId: number,
    user: User,
  ) => Promise<{ before: readonly string[] | null; after: readonly string[] | null }>,
): Promise<void> {
  const reference = requiredOption(input.values, 'account')
  const email = requiredOption(input.values, 'email')
  await withStore(input, (store) =>
    store.transaction(async (tx) => {
      const account = await accountByReference(tx, reference)
      if (!account)
        throw new CommandError(`There is no account ${reference}. List them with: dmarc-server account list`)
      const user = await userOf(tx, email)
      if (user.id === account.user_id) throw new CommandError(`${email} owns the account ${account.slug}.`)
      const { before, after } = await perform(tx, account.id, user)
      const noted = {
        object: 'membership' as const,
        id: `${account.id} ${user.id}`,
        name: email,
        ownerId: account.user_id,
        accountId: account.id,
        before: before && { email, areas: before },
        after: after && { email, areas: after },
      }
      await recordChange(tx, command, commandActor(), noted, Date.now())
    }),
  )
}

function areasOf(text: string): string[] {
  return text.split(',').map((word) => {
    const area = userMembershipAreas.find((known) => known === word.trim())
    if (!area) throw new CommandError(`Unknown area "${word}". Choose from ${userMembershipAreas.join(', ')}.`)
    return area
  })
}
