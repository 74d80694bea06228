import { textTable } from '@dmarc-as-code/primitives'
import { listTokens, privilegesOf } from '../store/tokens.ts'
import type { Command } from './command.ts'
import { shownTime } from './options.ts'
import { userOf, withStore } from './with-store.ts'

export const tokenList: Command = {
  name: 'token list',
  summary: 'Lists tokens with their last use (to the minute). --email: only those of one user.',
  options: { email: { type: 'string' } },
  async run(input) {
    const { email } = input.values
    const tokens = await withStore(input, async (store) =>
      listTokens(store.db, email === undefined ? undefined : (await userOf(store.db, email)).id),
    )
    const header = ['id', 'user', 'name', 'privileges', 'account', 'created', 'last used', 'expires', 'revoked']
    const rows = tokens.map((token) => [
      String(token.id),
      token.email,
      token.name,
      privilegesOf(token).join(','),
      token.account ?? 'all',
      shownTime(token.created_at),
      shownTime(token.last_used_at),
      shownTime(token.expires_at),
      shownTime(token.revoked_at),
    ])
    for (const line of textTable(header, rows)) input.print(line)
  },
}
