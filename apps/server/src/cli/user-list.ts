import { textTable } from '@dmarc-as-code/primitives'
import { userOverviews } from '../store/users.ts'
import type { Command } from './command.ts'
import { shownTime } from './options.ts'
import { withStore } from './with-store.ts'

export const userList: Command = {
  name: 'user list',
  summary: 'Lists users with plan, quotas, accounts, domains and valid tokens.',
  options: {},
  async run(input) {
    const users = await withStore(input, (store) => userOverviews(store.db, Date.now()))
    const header = [
      'id',
      'email',
      'plan',
      'domain quota',
      'parked quota',
      'accounts',
      'domains',
      'tokens',
      'created',
      'disabled',
    ]
    const rows = users.map((user) => [
      String(user.id),
      user.email,
      user.plan,
      String(user.domain_quota ?? 'plan'),
      String(user.parked_quota ?? 'plan'),
      String(user.accounts),
      String(user.domains),
      String(user.tokens),
      shownTime(user.created_at),
      shownTime(user.disabled_at),
    ])
    for (const line of textTable(header, rows)) input.print(line)
  },
}
