import type { Operation } from '@dmarc-as-code/client/contract'
import { notFound } from '../rules/problem.ts'
import { findDomainMembership, findUserMembership } from '../store/memberships.ts'
import { numericId } from '../store/numeric-id.ts'
import type { Db } from '../store/open-store.ts'
import type { Caller } from '../store/tokens.ts'
import { accountOf, domainOf } from './access.ts'
import { requireOwner } from './account-owner.ts'
import type { Route } from './route.ts'
import { tagOf } from './tag-answer.ts'

type Params = Readonly<Record<string, unknown>>

/**
 * Whether the caller has access to what the path names. Run before an invalid request is refused, so that a stranger
 * learns nothing from the details of the refusal; valid requests are checked by their handlers.
 *
 * @throws {Problem} 403 or 404
 */
export async function authorise(
  db: Db,
  caller: Caller,
  route: Route,
  { path }: Operation & { path: string },
  params: Params,
): Promise<void> {
  const [, , collection, first, inner, second] = path.replace(/\.json$/, '').split('/')
  const value = (segment: string | undefined) => String(params[segment?.slice(1) ?? ''] ?? '')
  if (collection === 'tags' && first) await tagOf(db, caller.userId, value(first))
  if (collection !== 'accounts' || !first) return
  if (inner === 'domains' && second) {
    await domainOf(db, caller, value(first), value(second))
    return
  }
  const account = await accountOf(db, caller, value(first))
  if (route.ownerOnly) requireOwner(caller, account)
  if (!second) return
  const find = inner === 'user_accounts' ? findUserMembership : findDomainMembership
  const membership = await find(db, account.id, numericId(value(second)) ?? 0)
  if (!membership) throw notFound('membership', value(second))
}
