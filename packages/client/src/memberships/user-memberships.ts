import type { CallOptions } from '../core/call.ts'
import { PagedList } from '../core/paged-list.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import { asObject, text } from '../read/json.ts'
import type { Session } from '../session/session.ts'
import { readUserMembership, type UserMembership, type UserMemberships } from './read.ts'

/** See `UserMemberships.list`. */
export async function listUserMemberships(
  { transport, capabilities }: Session,
  accountId: IdOrSlug,
  options: CallOptions,
): Promise<UserMemberships> {
  let owner: string | undefined
  const list = new PagedList<UserMembership>({
    key: 'user_accounts',
    perPage: undefined,
    read: readUserMembership,
    fetchPage: async (query) => {
      const answer = await transport.call('listUserMemberships', { params: { account_id: accountId }, query }, options)
      owner ??= text(asObject(answer.body)?.account_owner_email)
      return answer
    },
    wholeByDefault: () => capabilities.announces('paging', options),
  })
  const memberships = await list.all()
  return { ...(owner !== undefined && { account_owner_email: owner }), memberships }
}

/** See `UserMemberships.get`. */
export async function getUserMembership(
  { transport }: Session,
  accountId: IdOrSlug,
  membershipId: number,
  options: CallOptions,
): Promise<UserMembership> {
  const params = { account_id: accountId, id: membershipId }
  const answer = await transport.call('getUserMembership', { params }, options)
  return transport.expected(readUserMembership(answer.body), 'a user membership', answer)
}
