import { textTable } from '@dmarc-as-code/primitives'
import { accountOverviews } from '../store/accounts.ts'
import type { Command } from './command.ts'
import { shownTime } from './options.ts'
import { userOf, withStore } from './with-store.ts'

export const accountList: Command = {
  name: 'account list',
  summary: 'Lists accounts with their owner and whom they are shared with. --email: only those of one user.',
  options: { email: { type: 'string' } },
  async run(input) {
    const { email } = input.values
    const accounts = await withStore(input, async (store) =>
      accountOverviews(store.db, email === undefined ? undefined : (await userOf(store.db, email)).id),
    )
    const header = ['id', 'slug', 'title', 'owner', 'shared with', 'created']
    const rows = accounts.map(({ id, slug, title, owner, members, created_at }) => [
      String(id),
      slug,
      title,
      owner,
      members.join(', ') || '-',
      shownTime(created_at),
    ])
    for (const line of textTable(header, rows)) input.print(line)
  },
}
