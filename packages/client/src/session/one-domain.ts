import type { CallOptions } from '../core/call.ts'
import type { ListOptions } from '../core/list.ts'
import { PagedList } from '../core/paged-list.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import { type Domain, domainFields, readDomain } from '../read/domain.ts'
import { integer, type Json } from '../read/json.ts'
import type { Session } from './session.ts'

/** A domain as its own route answers it. */
export async function domainAnswer(
  { transport }: Session,
  accountId: IdOrSlug,
  id: IdOrSlug,
  options: CallOptions,
): Promise<Json> {
  const answer = await transport.call('getDomain', { params: { account_id: accountId, id } }, options)
  const domain = readDomain(answer.body)
  return transport.expected(
    domain && isAsked(domain, id) ? domainFields(answer.body) : undefined,
    `domain ${id}`,
    answer,
  )
}

/** The domains of an account, read in one's own way. */
export function domainsOf<Entry extends { id: number }>(
  { transport, capabilities }: Session,
  accountId: IdOrSlug,
  options: ListOptions & CallOptions,
  read: (value: unknown) => Entry | undefined,
): PagedList<Entry> {
  return new PagedList({
    key: 'domains',
    perPage: options.perPage,
    read,
    fetchPage: (query) => transport.call('listDomains', { params: { account_id: accountId }, query }, options),
    wholeByDefault: () => capabilities.announces('paging', options),
  })
}

/** Names the account where the answer does not and the caller knows it by number. */
export function inAccount(domain: Domain | undefined, accountId: IdOrSlug): Domain | undefined {
  const account = integer(accountId)
  return domain && domain.account_id === undefined && account !== undefined
    ? { ...domain, account_id: account }
    : domain
}

/** Whether an answer is about the domain that was named. An older slug may lead to a domain that has another one now. */
export function isAsked({ id, slug }: Domain, named: IdOrSlug): boolean {
  const number = integer(named)
  return number === undefined || number === id || slug === named
}
