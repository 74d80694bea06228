import type { CallOptions } from '../core/call.ts'
import { PagedList } from '../core/paged-list.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import { asObject, integer, text } from '../read/json.ts'
import type { Session } from '../session/session.ts'
import { confirm, type Judged } from '../writes/confirm.ts'
import { deleteOnce } from '../writes/delete-once.ts'
import { afterRefusal } from '../writes/refused-write.ts'
import { type DomainMembership, type DomainMemberships, readAddedMemberships, readDomainMembership } from './read.ts'

/** See `DomainMemberships.list`. */
export async function listDomainMemberships(
  { transport, capabilities }: Session,
  accountId: IdOrSlug,
  options: CallOptions,
): Promise<DomainMemberships> {
  let owner: string | undefined
  const list = new PagedList<DomainMembership>({
    key: 'account_managements',
    perPage: undefined,
    read: readDomainMembership,
    fetchPage: async (query) => {
      const answer = await transport.call(
        'listDomainMemberships',
        { params: { account_id: accountId }, query },
        options,
      )
      owner ??= text(asObject(answer.body)?.owner_email)
      return answer
    },
    wholeByDefault: () => capabilities.announces('paging', options),
  })
  const memberships = await list.all()
  return { ...(owner !== undefined && { owner_email: owner }), memberships }
}

/** See `DomainMemberships.get`. */
export async function getDomainMembership(
  { transport }: Session,
  accountId: IdOrSlug,
  membershipId: number,
  options: CallOptions,
): Promise<DomainMembership> {
  const params = { account_id: accountId, id: membershipId }
  const answer = await transport.call('getDomainMembership', { params }, options)
  return transport.expected(readDomainMembership(answer.body), 'a domain membership', answer)
}

/** See `DomainMemberships.add`. */
export async function addDomainMemberships(
  session: Session,
  accountId: IdOrSlug,
  domainIds: readonly number[],
  options: CallOptions,
): Promise<DomainMembership[]> {
  const doing = `adding domains to account ${accountId}`
  const params = { account_id: accountId }
  const body = { domain_account: { account_attributes: { id: String(accountId), domain_ids: domainIds } } }
  const account = integer(accountId)
  const judge = (all: readonly DomainMembership[]): Judged<DomainMembership[]> => {
    const entry = all.filter(
      (each) => domainIds.includes(each.domain_id) && (account ?? each.account_id) === each.account_id,
    )
    const found = entry.map(({ domain_id }) => domain_id)
    const missing = domainIds.filter((id) => !found.includes(id))
    const differences = missing.length > 0 ? [{ field: 'domain_ids', asked: domainIds, found }] : []
    return { entry, differences, untold: [] }
  }
  const look = async () => judge((await listDomainMemberships(session, accountId, options)).memberships)
  const answer = await session.transport
    .call('addDomainMemberships', { params, body }, options)
    .catch((refusal) => afterRefusal(doing, refusal, look))
  if (Array.isArray(answer)) return answer
  const answered = readAddedMemberships(answer.body)
  return confirm({ doing, answer, shown: answered && judge(answered), look })
}

/** See `DomainMemberships.remove`. */
export async function removeDomainMembership(
  session: Session,
  accountId: IdOrSlug,
  membershipId: number,
  options: CallOptions,
): Promise<void> {
  const params = { account_id: accountId, id: membershipId }
  await deleteOnce(
    session.transport,
    {
      what: `domain membership ${membershipId}`,
      send: () => session.transport.call('removeDomainMembership', { params }, options),
      // In the list, since "not found" for the one may be said of the route.
      stillThere: async () =>
        (await listDomainMemberships(session, accountId, options)).memberships.some(({ id }) => id === membershipId),
    },
    options,
  )
}
