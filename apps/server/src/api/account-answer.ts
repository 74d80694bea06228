import type { WireAccount } from '@dmarc-as-code/client/contract'
import type { Account } from '../store/accounts.ts'
import type { Db } from '../store/open-store.ts'
import { isoTime } from './iso-time.ts'

/** The plan of each account's owner, by user id. */
export async function planNames(db: Db, accounts: readonly Account[]): Promise<Map<number, string>> {
  const owners = [...new Set(accounts.map(({ user_id }) => user_id))]
  if (owners.length === 0) return new Map()
  const rows = await db.selectFrom('users').select(['id', 'plan']).where('id', 'in', owners).execute()
  return new Map(rows.map(({ id, plan }) => [id, plan]))
}

export function accountAnswer(account: Account, plans: ReadonlyMap<number, string>): WireAccount {
  const plan = plans.get(account.user_id)
  return {
    id: account.id,
    title: account.title,
    slug: account.slug,
    user_id: account.user_id,
    created_at: isoTime(account.created_at),
    updated_at: isoTime(account.updated_at),
    ...(plan === undefined ? {} : { plan }),
  }
}
