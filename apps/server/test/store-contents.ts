import type { Store } from '../src/store/open-store.ts'
import type { Tables } from '../src/store/tables.ts'

/** Background work moves its own rows; everything else only a granted request may change. */
const tables = [
  'users',
  'accounts',
  'user_accounts',
  'tokens',
  'tags',
  'domains',
  'domain_tags',
  'domain_accounts',
  'hostings',
] as const satisfies (keyof Tables)[]

/** Everything the store holds, to compare before and after; that a token was used is no change. */
export async function storeContents(store: Store): Promise<Record<string, string[]>> {
  const contents: Record<string, string[]> = {}
  for (const table of tables) {
    const rows = await store.db.selectFrom(table).selectAll().execute()
    contents[table] = rows.map((row) => JSON.stringify({ ...row, last_used_at: undefined })).sort()
  }
  return contents
}
