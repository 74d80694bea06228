import { Problem } from '../rules/problem.ts'
import type { Account } from '../store/accounts.ts'
import type { Caller } from '../store/tokens.ts'

/** Members of an account manage its domains; only its owner changes the account itself. @throws {Problem} 403 */
export function requireOwner(caller: Caller, account: Account): void {
  if (account.user_id === caller.userId) return
  throw new Problem(403, `The account ${account.slug} is shared with you; only its owner can change or delete it.`)
}
