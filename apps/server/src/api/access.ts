import { notFound } from '../rules/problem.ts'
import { type Account, accessibleAccounts } from '../store/accounts.ts'
import { type DomainView, domainViews } from '../store/domains.ts'
import type { Db } from '../store/open-store.ts'
import type { Caller } from '../store/tokens.ts'

/** The accounts this token may see, by id. */
export const accountsOf = (db: Db, caller: Caller): Promise<Account[]> =>
  accessibleAccounts(db, caller.userId, caller.accountId)

/** An account by id or slug. @throws {Problem} 404, also for another user's account */
export async function accountOf(db: Db, caller: Caller, reference: string): Promise<Account> {
  const accounts = await accountsOf(db, caller)
  const account = accounts.find(({ id, slug }) => String(id) === reference || slug === reference)
  if (!account) throw notFound('account', reference)
  return account
}

/** A domain of an account, both by id or slug. @throws {Problem} 404 */
export async function domainOf(
  db: Db,
  caller: Caller,
  accountReference: string,
  reference: string,
): Promise<{ account: Account; domain: DomainView }> {
  const account = await accountOf(db, caller, accountReference)
  const [domain] = await domainViews(db, { accountIds: [account.id], reference })
  if (!domain) throw notFound('domain', reference)
  return { account, domain }
}
