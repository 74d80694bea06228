import type { PageQuery, WireDomainList } from '@dmarc-as-code/client/contract'
import { countDomains, domainViews } from '../store/domains.ts'
import type { ApiContext } from './context.ts'
import { domainAnswer } from './domain-answer.ts'
import { pageOf } from './paging.ts'

/** The domains of some accounts, whole or one page of them. A fixed number of queries, however many domains there are. */
export async function domainPage(
  { store, zone }: ApiContext,
  accountIds: readonly number[],
  query: PageQuery,
): Promise<WireDomainList> {
  const page = pageOf(query)
  const views = await domainViews(store.db, { accountIds, ...(page ? { page } : {}) })
  const domains = views.map((view) => domainAnswer(view, zone))
  if (!page) return { domains }
  const total = await countDomains(store.db, accountIds)
  return { domains, meta: { ...page.meta(total), total_domains: total } }
}
